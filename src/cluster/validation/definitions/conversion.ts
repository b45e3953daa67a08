import { isObject, record, text, texts } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { type Check, forbidden, invalid, required } from '../check/check.ts';
import { dns1035Errors } from '../check/formats.ts';
import { field, item, type Place } from '../check/place.ts';
import { oneOf } from '../check/rules.ts';
import { checkServiceReference, checkUrl } from '../kinds/server/webhooks.ts';

/*
 * CustomResourceDefinitions. Mirrors apiextensions-apiserver's pkg/apis/apiextensions/validation, v0.24 and v0.37. Rules in CEL are not looked at.
 */

export function checkConversion(check: Check, conversion: JsonObject, at: Place): void {
  const strategy = field(at, 'strategy');
  if (text(conversion.strategy) === '') required(check, strategy);
  else oneOf('None', 'Webhook')(check, conversion.strategy, strategy);
  const client = field(at, 'webhookClientConfig');
  const { clientConfig, conversionReviewVersions } = record(conversion.webhook);
  const versions = texts(conversionReviewVersions);
  if (conversion.strategy !== 'Webhook') {
    if (clientConfig !== undefined) forbidden(check, client, 'should not be set when strategy is not set to Webhook');
    if (versions.length > 0)
      forbidden(check, field(at, 'conversionReviewVersions'), 'should not be set when strategy is not set to Webhook');
    return;
  }
  if (!isObject(clientConfig)) required(check, client, 'required when strategy is set to Webhook');
  else {
    const { url, service } = clientConfig;
    if ((url === undefined) === (service === undefined))
      required(check, client, 'exactly one of url or service is required');
    else if (url !== undefined) checkUrl(check, text(url), field(client, 'url'));
    else if (isObject(service)) checkServiceReference(check, service, field(client, 'service'), true);
  }
  checkReviewVersions(check, versions, field(at, 'conversionReviewVersions'));
}

function checkReviewVersions(check: Check, versions: readonly string[], at: Place): void {
  if (versions.length === 0) {
    required(check, at);
    return;
  }
  for (const [index, version] of versions.entries()) {
    if (versions.indexOf(version) < index) invalid(check, item(at, index), version, 'duplicate version');
    else for (const message of dns1035Errors(version)) invalid(check, item(at, index), version, message);
  }
  if (!versions.includes('v1') && !versions.includes('v1beta1'))
    invalid(check, at, [...versions], 'must include at least one of v1, v1beta1');
}
