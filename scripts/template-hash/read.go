package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"strings"
)

// table holds the fields of structs, in order, by Go name: PodSpec, LabelSelector.
type table map[string][]field

// field is one field as it is packed: `Name:type` or `Name=json:type`, or `+Name` for an embedded struct whose fields stand in line.
type field string

// reader follows the types of one release from struct to struct.
type reader struct {
	structs table
	// types are the declarations of the packages, by "core.PodSpec".
	types map[string]ast.Expr
}

// Types whose insides are no API fields. k8sec knows how they are printed.
var special = map[string]string{
	"resource.Quantity":  "Q",
	"meta.Time":          "T",
	"intstr.IntOrString": "I",
	"meta.FieldsV1":      "F.FieldsV1",
	"meta.Fields":        "F.Fields",
	"meta.Initializers":  "F.Initializers",
	"core.ResourceList":  "R",
}

var scalars = map[string]string{"string": "s", "bool": "b", "int32": "i", "int64": "l"}

func newReader(api, machinery string) *reader {
	r := &reader{structs: table{}, types: map[string]ast.Expr{}}
	r.load("core", filepath.Join(api, "core", "v1", "types.go"))
	r.load("meta", filepath.Join(machinery, "pkg", "apis", "meta", "v1", "types.go"))
	r.load("types", filepath.Join(machinery, "pkg", "types", "uid.go"))
	return r
}

func (r *reader) load(name, path string) {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		panic(err)
	}
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range general.Specs {
			if t, ok := spec.(*ast.TypeSpec); ok {
				r.types[name+"."+t.Name.Name] = t.Type
			}
		}
	}
}

// read describes a struct and all that it is made of.
func (r *reader) read(name string) {
	home, short, _ := strings.Cut(name, ".")
	if _, done := r.structs[short]; done {
		return
	}
	r.structs[short] = nil
	declared, ok := r.types[name].(*ast.StructType)
	if !ok {
		panic("no struct " + name)
	}
	var fields []field
	for _, f := range declared.Fields.List {
		tag := ""
		if f.Tag != nil {
			tag = reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json")
		}
		json, _, _ := strings.Cut(tag, ",")
		if len(f.Names) == 0 {
			embedded := r.qualified(home, f.Type)
			r.read(embedded)
			_, own, _ := strings.Cut(embedded, ".")
			if json == "" {
				fields = append(fields, field("+"+own))
			} else {
				fields = append(fields, field(own+"="+json+":#"+own))
			}
			continue
		}
		goName := f.Names[0].Name
		word := goName
		if json != strings.ToLower(goName[:1])+goName[1:] {
			word += "=" + json
		}
		fields = append(fields, field(word+":"+r.expression(home, f.Type)))
	}
	r.structs[short] = fields
}

// expression packs a type: see src/cluster/pods/template-hash/template-types.ts.
func (r *reader) expression(home string, e ast.Expr) string {
	switch t := e.(type) {
	case *ast.StarExpr:
		return "*" + r.expression(home, t.X)
	case *ast.ArrayType:
		return "[" + r.expression(home, t.Elt)
	case *ast.MapType:
		if fmt.Sprint(t.Key) != "string" {
			panic(fmt.Sprintf("a map of %v", t.Key))
		}
		return "{" + r.expression(home, t.Value)
	}
	name := r.qualified(home, e)
	if letter, ok := special[name]; ok {
		return letter
	}
	if _, builtin := r.types[name]; !builtin {
		if letter, ok := scalars[name[strings.Index(name, ".")+1:]]; ok {
			return letter
		}
		panic("unknown type " + name)
	}
	home, short, _ := strings.Cut(name, ".")
	if _, ok := r.types[name].(*ast.StructType); ok {
		r.read(name)
		return "#" + short
	}
	underlying := r.expression(home, r.types[name])
	if len(underlying) != 1 {
		panic("unexpected named type " + name)
	}
	if home != "core" && home != "meta" {
		short = name
	}
	return underlying + "." + short
}

// qualified names a type by the short name of its package.
func (r *reader) qualified(home string, e ast.Expr) string {
	switch t := e.(type) {
	case *ast.Ident:
		return home + "." + t.Name
	case *ast.SelectorExpr:
		from := fmt.Sprint(t.X)
		if from == "metav1" {
			from = "meta"
		}
		return from + "." + t.Sel.Name
	}
	panic(fmt.Sprintf("unexpected type %T", e))
}
