// Makes the game small. Ebitengine carries much that a game of ours never uses and a linker cannot leave
// out: a compiler for shaders, a template engine whose calls by name keep every method of everything
// alive, screenshots as PNG and ZIP, a protocol for virtual machines. The game is built with a copy of the
// module, made here from the one in Go's cache by a few edits and named by a go.mod beside it (-modfile).
//
// Every edit says what it expects to find. Where that is not there, as after an upgrade, the build stops
// and says so. Only the game for the browser is built so: tests and vet see Ebitengine as it is.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { go, root } from './kit.mjs';

const cache = join(root, '.cache', 'slim');
const tool = join(root, 'web', 'build', 'slim', 'precompile.go');
const ebiten = 'github.com/hajimehoshi/ebiten/v2';

// An edit puts `by` in the place of what begins with `from` and ends before `to`.
const instead = (from, to, by) => ({ from, to, by });
const without = (text) => ({ from: text, to: '', by: '' });
const imports = (...names) => names.map((name) => without(`\t"${name}"\n`));
const inner = (name) => `${ebiten}/internal/${name}`;

// A file of our own in the place of one of theirs has to offer what the others use of it; `has` are the
// lines of theirs by which that was written.
const whole = (has, text) => ({ has, text });

const filters = `
type Filter int

const (
	FilterNearest Filter = iota
	FilterLinear
	FilterPixelated
)

const FilterCount = 3

type Address int

const (
	AddressUnsafe Address = iota
	AddressClampToZero
	AddressRepeat
)

const AddressCount = 3
`;
const shaderSource = 'func ShaderSource(filter Filter, address Address) []byte {';

// Of Ebitengine, by file.
const edits = {
  // The sources of its own shaders are made by text/template, and compiled at every start. They are asked
  // for by name now; one that is not precompiled is an error, which tells its name.
  'internal/builtinshader/shader.go': whole([shaderSource, 'const ClearShaderSource = '], `package builtinshader
${filters}
const ClearShaderSource = "clear"

${shaderSource}
	if address != AddressUnsafe {
		return []byte("an address that is not precompiled")
	}
	return []byte([...]string{"nearest", "linear", "pixelated"}[filter])
}
`),
  'internal/colormshader/shader.go': whole([shaderSource, 'UniformColorMBody ', 'UniformColorMTranslation '], `package colormshader
${filters}
const (
	UniformColorMBody        = "ColorMBody"
	UniformColorMTranslation = "ColorMTranslation"
)

${shaderSource} return []byte("a color matrix") }
`),
  'internal/colormshader/defs.go': whole(['package colormshader'], 'package colormshader\n'),
  // The compiler of shaders gives way to a table of what it made at build.
  'internal/legacyshader/legacyshader.go': whole(['func CompileShader(fragmentSrc []byte) (*shaderir.Program, Unit, error) {', 'type Unit int'], `package legacyshader

import (
	"errors"

	"${inner('shaderir')}"
)

type Unit int

const (
	Texels Unit = iota
	Pixels
)

func CompileShader(source []byte) (*shaderir.Program, Unit, error) {
	if p, ok := shaderir.Precompiled[shaderir.CalcSourceID(source)]; ok {
		return p, Pixels, nil
	}
	return nil, 0, errors.New("this shader was not compiled at build: " + string(source))
}
`),
  'internal/legacyshader/convert.go': whole(['package legacyshader'], 'package legacyshader\n'),
  'internal/legacyshader/deprecated.go': whole(['package legacyshader'], 'package legacyshader\n'),
  'internal/graphics/shader.go': whole(['func CompileShader(', 'func CalcSourceID(', 'func ParseKageUnitDirective('], 'package graphics\n'),
  'internal/shaderir/program.go': [
    instead('\tSourceID SourceID\n', '', '\tSourceID SourceID\n\n\tVertex, Fragment string // in GLSL\n'),
  ],
  'internal/graphicsdriver/opengl/shader.go': [
    ...imports(inner('shaderir/glsl'), inner('shaderprecomp')),
    instead('\tversion := s.graphics.context.glslVersion()', '\tvs, err :=', '\tvssrc, fssrc := s.ir.Vertex, s.ir.Fragment\n'),
  ],
  // Says who called, for its own log, by go/build.
  'internal/debug/caller.go': [
    ...imports('go/build'),
    instead('\tebitengineFileDirOnce.Do(', '\tif ebitengineFileDir == ""', ''),
  ],
  // Logs by log/slog, which begins to at a level that nobody sets here.
  'internal/thread/thread.go': [
    ...imports('fmt', 'log/slog', inner('debug')),
    instead('\tif !slog.Default().Enabled(', 'EOF', '}\n'),
  ],
  'internal/atlas/gpuresources.go': [
    ...imports('log/slog'),
    instead('type gpuResourcesStatePhase int', '', 'var slog logger\n\ntype logger struct{}\n\nfunc (logger) Debug(string, ...any) {}\nfunc (logger) Error(string, ...any) {}\n\ntype gpuResourcesStatePhase int'),
  ],
  // Is asked by virtual machines, by encoding/gob and net.
  'internal/ui/ui_other.go': [...imports(inner('vmguest')), without('\tvmguest.MarkGuest(false)\n')],
  // Whether a buffer is one still is asked for the sake of a lost context, which here ends the page; the
  // question waits for the whole pipeline each time that a frame has more to draw than any before.
  'internal/graphicsdriver/opengl/gl/default_js.go': [
    instead('\tif v := c.buffers.get(buffer); c.fnIsBuffer', '\tc.buffers.delete(buffer)', '\tc.fnDeleteBuffer.Invoke(c.buffers.get(buffer))\n'),
  ],
  // Nobody plays with a gamepad, and they are asked for every frame.
  'internal/gamepad/gamepad_js.go': [
    ...imports('encoding/hex'),
    instead('\t// TODO: Use the gamepad events instead', '\treturn nil\n}\n\ntype nativeGamepadImpl struct', ''),
  ],
  // The page has made the canvas, while the game was on its way, and stays to be seen until that is drawn on.
  'internal/ui/ui_js.go': [
    instead('\tbodyStyle.Set("backgroundColor", "#000")\n\tbodyStyle.Set("height", "100%")', '', '\tbodyStyle.Set("height", "100%")'),
    instead('\tcanvas = document.Call("createElement", "canvas")', '\n\tdocument.Get("body").Call("appendChild"', '\tcanvas = js.Global().Get("fivefold").Get("canvas")\n'),
    // Each of the two makes the browser allocate the canvas anew.
    instead('\t\tcanvas.Set("width", bw)\n\t\tcanvas.Set("height", bh)', '', '\t\tif canvas.Get("width").Int() != bw || canvas.Get("height").Int() != bh {\n\t\t\tcanvas.Set("width", bw)\n\t\t\tcanvas.Set("height", bh)\n\t\t}'),
  ],
  // Saves the screen when a key is pressed that the environment names.
  'imagedumper.go': whole(['func (i *imageDumper) update() error {', 'func (i *imageDumper) dump(screen *Image, transparent bool) error {'], `package ebiten

type imageDumper struct{}

func (i *imageDumper) update() error { return nil }

func (i *imageDumper) dump(*Image, bool) error { return nil }
`),
  'internal/graphicscommand/image_js.go': whole(['func (i *Image) Dump(', 'func DumpImages('], `package graphicscommand

import (
	"errors"
	"image"

	"${inner('graphicsdriver')}"
)

var errNoDump = errors.New("images are not dumped here")

func (i *Image) Dump(graphicsdriver.Graphics, string, bool, image.Rectangle) (string, error) { return "", errNoDump }

func DumpImages([]*Image, graphicsdriver.Graphics, string) (string, error) { return "", errNoDump }
`),
  'internal/graphicscommand/image.go': [
    ...imports('fmt', 'io', 'strconv', 'strings', inner('png')),
    instead('func (i *Image) dumpName(', 'func LogImagesInfo(', ''),
  ],
};

function apply(file, text, list) {
  for (const { from, to, by } of list) {
    const at = text.indexOf(from);
    const end = to === 'EOF' ? text.length : to ? text.indexOf(to, at) : at + from.length;
    if (at < 0 || end < 0 || text.indexOf(from, at + 1) >= 0) {
      throw new Error(`web/build/slim.mjs: ${file} of Ebitengine is not what was expected: ${from || to}`);
    }
    text = text.slice(0, at) + by + text.slice(end);
  }
  return text;
}

function edited(file, text, how) {
  if (Array.isArray(how)) return apply(file, text, how);
  for (const piece of how.has) {
    if (!text.includes(piece)) throw new Error(`web/build/slim.mjs: ${file} of Ebitengine lacks what was expected: ${piece}`);
  }
  return how.text;
}

// keep writes a file where it is not so already: Go compiles anew what has changed.
function keep(name, text) {
  const path = join(cache, name);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
  return path;
}

// parts are the files of Ebitengine that a game in the browser is made of.
function parts(module) {
  const wanted = (name) => name.endsWith('.go') && !name.endsWith('_test.go');
  const below = readdirSync(join(module, 'internal'), { recursive: true }).filter(wanted).map((name) => `internal/${name}`);
  return ['go.mod', ...readdirSync(module).filter(wanted), ...below];
}

// copy makes a copy of the module, with some files in another form and some more, and gives the flag that
// has it used.
function copy(module, name, forms) {
  for (const file of parts(module)) {
    if (!(file in forms)) keep(`${name}/${file}`, readFileSync(join(module, file), 'utf8'));
  }
  for (const [file, text] of Object.entries(forms)) keep(`${name}/${file}`, text);
  const mod = readFileSync(join(root, 'go.mod'), 'utf8');
  keep(`${name}.sum`, readFileSync(join(root, 'go.sum'), 'utf8'));
  return `-modfile=${keep(`${name}.mod`, `${mod}\nreplace ${ebiten} => ./.cache/slim/${name}\n`)}`;
}

// The game's own shaders are files of Kage beside the code that draws with them.
function shaders() {
  const folder = join(root, 'client', 'sprite');
  return readdirSync(folder).filter((name) => name.endsWith('.kage')).map((name) => join(folder, name));
}

// precompile gives the table of shaders as Go. The compiler runs on this machine, in its own module.
function precompile(module) {
  const files = shaders();
  const sum = createHash('sha256').update(module);
  for (const file of [tool, ...files]) sum.update(readFileSync(file));
  const kept = join(cache, `shaders-${sum.digest('hex').slice(0, 16)}.go`);
  if (!existsSync(kept)) {
    const main = readFileSync(tool, 'utf8').replace('//go:build ignore\n', '');
    const flag = copy(module, 'whole', { 'internal/precompile/main.go': main });
    writeFileSync(kept, go(['run', flag, inner('precompile'), ...files]));
  }
  return readFileSync(kept, 'utf8');
}

// slimFlag gives the flag of `go build` by which the game is made small.
export function slimFlag() {
  const module = go(['list', '-m', '-f', '{{.Dir}}', ebiten]).trim();
  const forms = { 'internal/shaderir/precompiled.go': precompile(module) };
  for (const [file, how] of Object.entries(edits)) {
    forms[file] = edited(file, readFileSync(join(module, file), 'utf8'), how);
  }
  return copy(module, 'slim', forms);
}
