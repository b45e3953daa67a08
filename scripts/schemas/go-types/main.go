// Command go-types writes what reflection knows about the Go types behind the Kubernetes API, as JSON: the facts that
// decide how the API server decodes a manifest and writes it back, which OpenAPI does not tell (zero structs, omitempty,
// pointers, types that decode themselves, names in error messages), the kinds that client-go registers, and the release in which each
// was introduced, deprecated and removed.
//
//	go run . > go-types-0.37.2.json
//	go run -modfile=go-0.24.mod . > go-types-0.24.17.json
package main

import (
	"encoding"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
)

// field is one JSON field of a struct. Type is a type expression (see expression).
type field struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Empty bool   `json:"omitempty,omitempty"`
	Zero  bool   `json:"omitzero,omitempty"`
	// Via holds the Go names of the embedded structs the field comes from.
	Via string `json:"via,omitempty"`
}

type lifecycle struct {
	Introduced  string `json:"introduced,omitempty"`
	Deprecated  string `json:"deprecated,omitempty"`
	Removed     string `json:"removed,omitempty"`
	Replacement string `json:"replacement,omitempty"`
}

type kind struct {
	Group   string `json:"group"`
	Version string `json:"version"`
	Kind    string `json:"kind"`
	Type    string `json:"type"`
	lifecycle
}

type dump struct {
	Types  map[string][]field `json:"types"`
	Custom map[string]string  `json:"custom"`
	Kinds  []kind             `json:"kinds"`
}

var (
	out             = dump{Types: map[string][]field{}, Custom: map[string]string{}}
	unmarshaler     = reflect.TypeFor[json.Unmarshaler]()
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	marshaler       = reflect.TypeFor[json.Marshaler]()
	prefixes        = strings.NewReplacer("k8s.io/apimachinery/pkg/apis/", "", "k8s.io/apimachinery/pkg/", "", "k8s.io/api/", "", "/", ".")
)

// key names a Go type as the packed schemas do: core.v1.PodSpec.
func key(t reflect.Type) string { return prefixes.Replace(t.PkgPath()) + "." + t.Name() }

// expression spells a type: scalars by Go kind, "*T" pointers, "[]T" slices, "{K}T" maps, "bytes"; a named type that is no struct is
// "name=expression", a struct "@name", a type that decodes itself "!name".
func expression(t reflect.Type) string {
	if t.Kind() != reflect.Pointer && t.Name() != "" {
		p := reflect.PointerTo(t)
		if p.Implements(unmarshaler) || p.Implements(textUnmarshaler) || p.Implements(marshaler) {
			out.Custom[key(t)] = fmt.Sprintf("%v unmarshal=%v text=%v marshal=%v", t.Kind(), p.Implements(unmarshaler), p.Implements(textUnmarshaler), p.Implements(marshaler))
			return "!" + key(t)
		}
	}
	name := ""
	if t.PkgPath() != "" {
		name = key(t) + "="
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + expression(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return name + "bytes"
		}
		return name + "[]" + expression(t.Elem())
	case reflect.Map:
		return name + "{" + expression(t.Key()) + "}" + expression(t.Elem())
	case reflect.Struct:
		describe(t)
		return "@" + key(t)
	case reflect.Interface:
		return "any"
	}
	return name + t.Kind().String()
}

func describe(t reflect.Type) {
	if _, done := out.Types[key(t)]; done {
		return
	}
	out.Types[key(t)] = nil
	out.Types[key(t)] = fields(t, "")
}

func fields(t reflect.Type, via string) []field {
	list := []field{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case tag == "-" || !f.IsExported() && !f.Anonymous:
			continue
		case f.Anonymous && name == "":
			e := f.Type
			if e.Kind() == reflect.Pointer {
				panic("embedded pointer in " + t.String())
			}
			list = append(list, fields(e, strings.TrimPrefix(via+"."+f.Name, "."))...)
			continue
		case !tagged || name == "":
			name = f.Name
		}
		if strings.Contains(options, "string") {
			panic("quoted field in " + t.String())
		}
		list = append(list, field{name, expression(f.Type), strings.Contains(options, "omitempty"), strings.Contains(options, "omitzero"), via})
	}
	return list
}

func release(object runtime.Object) (l lifecycle) {
	text := func(major, minor int) string { return fmt.Sprintf("%d.%d", major, minor) }
	if o, ok := object.(interface{ APILifecycleIntroduced() (int, int) }); ok {
		l.Introduced = text(o.APILifecycleIntroduced())
	}
	if o, ok := object.(interface{ APILifecycleDeprecated() (int, int) }); ok {
		l.Deprecated = text(o.APILifecycleDeprecated())
	}
	if o, ok := object.(interface{ APILifecycleRemoved() (int, int) }); ok {
		l.Removed = text(o.APILifecycleRemoved())
	}
	if o, ok := object.(interface {
		APILifecycleReplacement() schema.GroupVersionKind
	}); ok {
		r := o.APILifecycleReplacement()
		l.Replacement = r.GroupVersion().String() + " " + r.Kind
	}
	return l
}

func main() {
	for gvk, t := range scheme.Scheme.AllKnownTypes() {
		if gvk.Version == runtime.APIVersionInternal {
			continue
		}
		describe(t)
		object, _ := reflect.New(t).Interface().(runtime.Object)
		out.Kinds = append(out.Kinds, kind{gvk.Group, gvk.Version, gvk.Kind, key(t), release(object)})
	}
	sort.Slice(out.Kinds, func(i, j int) bool {
		a, b := out.Kinds[i], out.Kinds[j]
		return a.Group+"/"+a.Version+"/"+a.Kind < b.Group+"/"+b.Version+"/"+b.Kind
	})
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(out); err != nil {
		panic(err)
	}
}
