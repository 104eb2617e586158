import { expect, test } from "vitest";
import { asVtt, readCaptions } from "./captions.ts";

const SRT = `1\r\n00:00:01,500 --> 00:00:02,000\r\n<i>Good</i> evening\r\n\r\n2\r\n01:00:00,000 --> 01:00:01,000\r\nYou & I\r\n`;
const VTT = `WEBVTT\n\nNOTE nothing\n\nintro\n00:01.500 --> 00:02.000 align:start\n<v Ana>Good evening\n`;

test("SubRip and WebVTT are read alike", () => {
  expect(readCaptions(SRT)).toEqual([
    { from: 1.5, to: 2, text: "Good evening" },
    { from: 3600, to: 3601, text: "You & I" },
  ]);
  expect(readCaptions(VTT)).toEqual([
    { from: 1.5, to: 2, text: "Good evening" },
  ]);
});

test("a text without times holds no captions", () => {
  expect(readCaptions("Good evening\n\n12:30 is too late")).toBeNull();
});

test("what is written as WebVTT is read back, and begins nothing else", () => {
  const captions = [
    { from: 0, to: 3661.25, text: "a --> b <c> & d" },
    { from: 4000, to: 4001, text: "one\ntwo" },
  ];
  const vtt = asVtt(captions);
  expect(vtt).toContain(
    "00:00:00.000 --> 01:01:01.250\na --&gt; b &lt;c&gt; &amp; d",
  );
  expect(readCaptions(vtt)).toEqual(captions);
});
