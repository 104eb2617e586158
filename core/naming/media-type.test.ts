import { expect, test } from "vitest";
import { isPicture, isProgram, mediaType } from "./media-type.ts";

const heads = {
  png: Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
  jpg: Buffer.from("ffd8ffe000104a46494600", "hex"),
  gif: Buffer.from("GIF89a"),
  webp: Buffer.from("RIFF\0\0\0\0WEBPVP8 ", "latin1"),
  avif: Buffer.from("\0\0\0\x20ftypavif\0\0\0\0avifmif1", "latin1"),
  mp4: Buffer.from("\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41", "latin1"),
  webm: Buffer.from("1a45dfa39f4286810142f7", "hex"),
  mp3: Buffer.from("ID3\x04\0\0", "latin1"),
  wav: Buffer.from("RIFF\0\0\0\0WAVEfmt ", "latin1"),
  ogg: Buffer.from("OggS\0\x02", "latin1"),
  flac: Buffer.from("fLaC\0\0\0\x22", "latin1"),
  pdf: Buffer.from("%PDF-1.7\n"),
  zip: Buffer.from("504b0304140000", "hex"),
  glb: Buffer.from("glTF\x02\0\0\0", "latin1"),
  txt: Buffer.from("words\n"),
  exe: Buffer.from("4d5a900003000000", "hex"),
} as const;

test("a name and bytes that agree give their type", () => {
  const got = (
    [
      ["a.png", "png"],
      ["A.JPEG", "jpg"],
      ["a.b.gif", "gif"],
      ["a.webp", "webp"],
      ["a.avif", "avif"],
      ["a.mp4", "mp4"],
      ["a.webm", "webm"],
      ["a.mp3", "mp3"],
      ["a.wav", "wav"],
      ["a.ogg", "ogg"],
      ["a.flac", "flac"],
      ["a.pdf", "pdf"],
      ["a.zip", "zip"],
      ["a.glb", "glb"],
      ["a.txt", "txt"],
      ["a.md", "txt"],
      ["a.csv", "txt"],
      ["a.json", "txt"],
      ["a.svg", "txt"],
      ["a.stl", "txt"],
    ] as const
  ).map(([name, head]) => mediaType(name, heads[head]));
  expect(got).toEqual([
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "video/mp4",
    "video/webm",
    "audio/mpeg",
    "audio/wav",
    "audio/ogg",
    "audio/flac",
    "application/pdf",
    "application/zip",
    "model/gltf-binary",
    "text/plain",
    "text/markdown",
    "text/csv",
    "application/json",
    "image/svg+xml",
    "model/stl",
  ]);
});

test("a name that the bytes do not bear out, or that nobody knows, gives no type", () => {
  for (const [name, head] of [
    ["a.png", "exe"],
    ["a.png", "jpg"],
    ["a.txt", "exe"],
    ["a.exe", "png"],
    ["a", "png"],
    ["png", "png"],
    ["a.webp", "wav"],
    ["a.mp4", "avif"],
    ["a.constructor", "txt"],
    ["__proto__", "txt"],
  ] as const)
    expect([name, mediaType(name, heads[head])]).toEqual([
      name,
      "application/octet-stream",
    ]);
  expect(mediaType("a.png", Buffer.alloc(0))).toBe("application/octet-stream");
  expect(mediaType("a.txt", Buffer.alloc(0))).toBe("text/plain");
});

test("a drawing that can hold programs is no picture", () => {
  expect(isPicture("image/png")).toBe(true);
  expect(isPicture("image/svg+xml")).toBe(false);
  expect(isPicture("application/octet-stream")).toBe(false);
});

test("what a desktop runs, installs or follows is told apart, however it is written", () => {
  const programs = [
    "setup.exe",
    "SETUP.EXE",
    "photo.jpg.exe",
    "photo.exe ",
    "photo.exe. .",
    "x.lnk",
    "x.url",
    "x.desktop",
    "x.scf",
    "x.hta",
    "x.app",
    "x.jar",
    "x.msi",
    "x.sh",
    "x.bat",
    "photo\u202Egpj.exe",
    "x.ex\u200De",
  ];
  expect(programs.filter((name) => !isProgram(name))).toEqual([]);
  const others = ["photo.jpg", "exe", "a.exe.txt", "notes", "", ".bashrc"];
  expect(others.filter((name) => isProgram(name))).toEqual([]);
});
