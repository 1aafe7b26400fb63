/* Draws sums as bars; the table below it says the same in words. */

import { SUMMED, emptySum, height } from "./calls.js";
import { drawn, element } from "./elements.js";
import { decimal } from "./money.js";

const WIDTH = 960;

const BAR_HEIGHT = 240;

const LEFT = 96;

const LINE = 26;

const ROWS = 12;

/* A part of what is largest, as a length. */
function length(part, all, most) {
	return all === 0n ? 0 : Number(part * 10_000n / all) * most / 10_000;
}

function titled(sum, unit) {
	const parts = SUMMED.filter((kind) => sum.sums[kind.name] > 0n)
		.map((kind) => `${kind.label.toLowerCase()} ${decimal(sum.sums[kind.name])}`);
	return drawn("title", {}, `${sum.name}: ${parts.join(", ") || "nothing"} ${unit}`);
}

/* Days or months without a call have a place as well. */
export function withoutGaps(sums, what) {
	if (sums.length < 2) {
		return sums;
	}
	const known = new Map(sums.map((sum) => [sum.name, sum]));
	const time = new Date(`${sums[0].name}${what === "month" ? "-01" : ""}T00:00:00Z`);
	const last = sums[sums.length - 1].name;
	const all = [];
	for (let name = sums[0].name; name <= last;) {
		all.push(known.get(name) ?? emptySum(name));
		if (what === "month") {
			time.setUTCMonth(time.getUTCMonth() + 1);
		}
		else {
			time.setUTCDate(time.getUTCDate() + 1);
		}
		name = time.toISOString().slice(0, last.length);
	}
	return all;
}

function columns(sums, unit) {
	const most = sums.reduce((largest, sum) => height(sum) > largest ? height(sum) : largest, 0n);
	const step = (WIDTH - LEFT) / Math.max(sums.length, 1);
	const named = Math.ceil(sums.length / 8);
	const parts = [
		drawn("text", { x: LEFT - 8, y: 14, "text-anchor": "end" }, decimal(most)),
		drawn("text", { x: LEFT - 8, y: BAR_HEIGHT, "text-anchor": "end" }, "0"),
		drawn("line", { x1: LEFT, x2: WIDTH, y1: BAR_HEIGHT, y2: BAR_HEIGHT, class: "axis" }),
	];
	sums.forEach((sum, index) => {
		const bar = drawn("g", { class: "bar" }, titled(sum, unit));
		let y = BAR_HEIGHT;
		for (const kind of SUMMED) {
			const tall = length(sum.sums[kind.name], most, BAR_HEIGHT - 8);
			y -= tall;
			bar.append(drawn("rect", { x: LEFT + index * step + step * 0.1, y, width: Math.min(step * 0.8, 48), height: tall,
				class: `kind-${kind.name}` }));
		}
		parts.push(bar);
		if (index % named === 0) {
			parts.push(drawn("text", { x: LEFT + index * step + step * 0.1, y: BAR_HEIGHT + 18 }, sum.name));
		}
	});
	return { parts, high: BAR_HEIGHT + 26 };
}

function rows(sums, unit) {
	const shown = sums.slice(0, ROWS);
	const most = shown.reduce((largest, sum) => height(sum) > largest ? height(sum) : largest, 0n);
	const parts = shown.map((sum, index) => {
		const bar = drawn("g", { class: "bar" }, titled(sum, unit));
		let x = 0;
		for (const kind of SUMMED) {
			const wide = length(sum.sums[kind.name], most, WIDTH);
			bar.append(drawn("rect", { x, y: index * 2 * LINE + LINE, width: wide, height: LINE - 8,
				class: `kind-${kind.name}` }));
			x += wide;
		}
		const name = sum.name.length > 110 ? `${sum.name.slice(0, 109)}…` : sum.name;
		bar.append(drawn("text", { x: 0, y: index * 2 * LINE + LINE - 6 }, name));
		return bar;
	});
	return { parts, high: Math.max(shown.length * 2 * LINE, LINE) };
}

export function plot(sums, what, unit, label) {
	const upright = what === "day" || what === "month";
	const { parts, high } = upright ? columns(withoutGaps(sums, what), unit) : rows(sums, unit);
	const used = SUMMED.filter((kind) => sums.some((sum) => sum.sums[kind.name] > 0n));
	const legend = used.flatMap((kind) => [
		drawn("svg", { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true", class: "key" },
			drawn("rect", { width: 12, height: 12, class: `kind-${kind.name}` })), ` ${kind.label} `]);
	return [
		drawn("svg", { viewBox: `0 0 ${WIDTH} ${high}`, role: "img", "aria-label": label }, ...parts),
		element("figcaption", {}, ...legend, !upright && sums.length > ROWS ? `The ${ROWS} largest of ${sums.length}.` : ""),
	];
}
