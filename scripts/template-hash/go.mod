module k8sec/scripts/template-hash

go 1.22
