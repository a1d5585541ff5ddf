//go:build ignore

// Precompile compiles the shaders of the game and of Ebitengine itself as they would be compiled in the
// browser at every start, and writes them as Go code, so that the compiler need not be in the game.
//
// web/build/slim.mjs puts it into Ebitengine's module by an overlay, where alone it may import what it
// needs. Its arguments are files of Kage source.
package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/hajimehoshi/ebiten/v2/internal/builtinshader"
	"github.com/hajimehoshi/ebiten/v2/internal/legacyshader"
	"github.com/hajimehoshi/ebiten/v2/internal/shaderir"
	"github.com/hajimehoshi/ebiten/v2/internal/shaderir/glsl"
)

func main() {
	// What Ebitengine itself draws with: images as they are and smoothed, the screen, nothing. Web/build/slim.mjs
	// has Ebitengine ask for these by a name instead of their source.
	programs := []program{{"clear", []byte(builtinshader.ClearShaderSource)}}
	for name, f := range map[string]builtinshader.Filter{
		"nearest": builtinshader.FilterNearest, "linear": builtinshader.FilterLinear, "pixelated": builtinshader.FilterPixelated,
	} {
		programs = append(programs, program{name, builtinshader.ShaderSource(f, builtinshader.AddressUnsafe)})
	}
	for _, name := range os.Args[1:] {
		source, err := os.ReadFile(name)
		if err != nil {
			fail(err)
		}
		programs = append(programs, program{string(source), source})
	}
	slices.SortFunc(programs, func(a, b program) int { return strings.Compare(a.key, b.key) })
	fmt.Print("package shaderir\n\n// Precompiled finds a program by the id of what it is asked for by.\nvar Precompiled = map[SourceID]*Program{\n")
	for _, p := range programs {
		if err := p.write(); err != nil {
			fail(err)
		}
	}
	fmt.Println("}")
}

// program is a shader and what it is asked for by.
type program struct {
	key    string
	source []byte
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "precompile:", err)
	os.Exit(1)
}

func (s program) write() error {
	p, unit, err := legacyshader.CompileShader(s.source)
	if err != nil {
		return err
	}
	if unit != legacyshader.Pixels {
		return fmt.Errorf("a shader does not begin with //kage:unit pixels:\n%s", s.source)
	}
	vertex, fragment := glsl.Compile(p, glsl.GLSLVersionES300)
	dwords := 0
	for _, t := range p.Uniforms {
		dwords += t.DwordCount()
	}
	factors := make([]uint32, dwords) // 1 where a uniform is read: what Ebitengine finds out by itself otherwise
	for i := range factors {
		factors[i] = 1
	}
	p.FilterUniformVariables(factors)
	fmt.Printf("\t%s: {\n", literal(shaderir.CalcSourceID([]byte(s.key))))
	for _, field := range []struct {
		name  string
		value any
	}{
		{"UniformNames", p.UniformNames}, {"Uniforms", p.Uniforms}, {"TextureCount", p.TextureCount},
		{"Attributes", p.Attributes}, {"Varyings", p.Varyings}, {"SourceID", p.SourceID}, {"uniformFactors", factors},
		{"Vertex", vertex}, {"Fragment", fragment},
	} {
		fmt.Printf("\t\t%s: %s,\n", field.name, literal(field.value))
	}
	fmt.Println("\t},")
	return nil
}

// literal writes a value as Go within package shaderir.
func literal(value any) string {
	return strings.ReplaceAll(fmt.Sprintf("%#v", value), "shaderir.", "")
}
