/** The image of Prometheus, without its tag: quay.io/prometheus/prometheus, prom/prometheus and mirrors of them. */
export const prometheusImage = /(?:^|\/)prometheus$/;
