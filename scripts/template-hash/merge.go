package main

import (
	"fmt"
	"slices"
	"strings"
)

// entry is a field with the minors that have it at this place.
type entry struct {
	field  field
	minors []int
}

// line packs one struct: its name, a tab, and a sequence of which the fields of every minor are a part in order. A field that not all of the
// struct's minors have is followed by `@first-last`, `@first-` or `@-last` in minors.
func line(name string, tables map[int]table, oldest, newest int) string {
	var merged []entry
	var minors []int
	for minor := newest; minor >= oldest; minor-- {
		if fields, ok := tables[minor][name]; ok {
			merged = merge(merged, fields, minor)
			minors = append(minors, minor)
		}
	}
	words := make([]string, len(merged))
	for i, e := range merged {
		words[i] = string(e.field) + ranges(e.minors, minors)
	}
	return name + "\t" + strings.Join(words, " ")
}

// merge lays the fields of one more minor over the sequence, by the longest common subsequence.
func merge(merged []entry, fields []field, minor int) []entry {
	longest := make([][]int, len(merged)+1)
	for i := range longest {
		longest[i] = make([]int, len(fields)+1)
	}
	for i := len(merged) - 1; i >= 0; i-- {
		for j := len(fields) - 1; j >= 0; j-- {
			if merged[i].field == fields[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var result []entry
	i, j := 0, 0
	for i < len(merged) || j < len(fields) {
		switch {
		case i < len(merged) && j < len(fields) && merged[i].field == fields[j]:
			result = append(result, entry{merged[i].field, append(merged[i].minors, minor)})
			i++
			j++
		case j == len(fields) || i < len(merged) && longest[i+1][j] >= longest[i][j+1]:
			result = append(result, merged[i])
			i++
		default:
			result = append(result, entry{fields[j], []int{minor}})
			j++
		}
	}
	return result
}

// ranges writes descending minors that lie next to each other; without the ends where they are those of the struct.
func ranges(minors, of []int) string {
	first, last := slices.Min(minors), slices.Max(minors)
	if last-first+1 != len(minors) {
		panic(fmt.Sprint("minors with a gap: ", minors))
	}
	from, to := "", ""
	if first > slices.Min(of) {
		from = fmt.Sprint(first)
	}
	if last < slices.Max(of) {
		to = fmt.Sprint(last)
	}
	if from == "" && to == "" {
		return ""
	}
	return "@" + from + "-" + to
}
