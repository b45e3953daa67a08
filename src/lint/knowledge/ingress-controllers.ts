/** Controllers of Ingresses that send requests from pods of their own, each by the images of its releases. */
export const ingressControllers: readonly { readonly name: string; readonly image: RegExp }[] = [
  // kubernetes/ingress-nginx, deploy/static; nginxinc/kubernetes-ingress, charts/nginx-ingress/values.yaml
  { name: 'nginx', image: /(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller|nginx-ingress)$/ },
  // traefik/traefik-helm-chart, traefik/values.yaml
  { name: 'traefik', image: /(?:^|\/)traefik$/ },
  // haproxytech/helm-charts, kubernetes-ingress/values.yaml; haproxy-ingress/charts
  { name: 'haproxy', image: /(?:^|\/)(?:haproxytech\/kubernetes-ingress|haproxy-ingress)$/ },
  // Kong/charts, charts/kong/values.yaml
  { name: 'kong', image: /(?:^|\/)kong$/ },
];
