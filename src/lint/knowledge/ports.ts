/** A TCP port that is known by what listens there. */
export interface KnownPort {
  readonly port: number;
  readonly name: string;
}

/** Ports with which a cluster, a node or its data is had. They are never meant for everybody. */
export const sensitivePorts: readonly KnownPort[] = [
  // IANA, Service Name and Transport Protocol Port Number Registry: ssh
  { port: 22, name: 'SSH' },
  // Docker, “Protect the Docker daemon socket”: without TLS
  { port: 2375, name: 'the Docker API' },
  // Kubernetes, “Ports and Protocols”
  { port: 2379, name: 'etcd' },
  // IANA: mysql
  { port: 3306, name: 'MySQL' },
  // IANA: postgresql
  { port: 5432, name: 'PostgreSQL' },
  // IANA: couchdb
  { port: 5984, name: 'CouchDB' },
  // IANA: redis
  { port: 6379, name: 'Redis' },
  // Cassandra, conf/cassandra.yaml: native_transport_port
  { port: 9042, name: 'Cassandra' },
  // Elasticsearch, “Networking settings”: http.port
  { port: 9200, name: 'Elasticsearch' },
  // Kubernetes, “Ports and Protocols”
  { port: 10250, name: 'the kubelet' },
  // IANA: memcache
  { port: 11211, name: 'Memcached' },
  // MongoDB, “Default MongoDB Port”
  { port: 27017, name: 'MongoDB' },
];

/** Ports by which nodes are managed: SSH, and those of the control plane in Kubernetes' “Ports and Protocols”. */
export const managementPorts: readonly KnownPort[] = [
  { port: 22, name: 'SSH' },
  { port: 6443, name: 'the API server' },
  { port: 10250, name: 'the kubelet' },
  { port: 2379, name: 'etcd' },
  { port: 2380, name: 'the peers of etcd' },
];
