package io.github.x402sessions.core.challenge;

import org.jspecify.annotations.Nullable;

/**
 * How the page looks, in light and dark: everything on it has the contrast that WCAG asks
 * for, with any accent.
 */
final class PageStyle {

	private static final String ACCENT = "#0b5cad";

	/** Above this luminance black is easier to read than white. */
	private static final double MIDDLE = 0.179;

	private static final String RULES = """
			:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#767676;--quiet:#595959;--bad:#b00020;--blush:#fdecef}
			@media (prefers-color-scheme:dark){:root{--ink:#eee;--paper:#161616;--line:#8c8c8c;--quiet:#b4b4b4;--bad:#ff8a9a;--blush:#3a1218}}
			*{box-sizing:border-box}
			body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--paper)}
			header{display:flex;gap:.75rem;align-items:center;font-weight:600}header img{height:2.5rem;max-width:12rem}
			h1{font-size:1.5rem}h2{font-size:1.2rem}a{color:inherit}code,.address{overflow-wrap:anywhere}
			section{border:1px solid var(--line);border-radius:8px;padding:0 1rem;margin:1rem 0}
			dt{font-weight:600;margin-top:.6rem}dd{margin:0 0 .6rem;overflow-wrap:anywhere}
			.price{font-size:1.3rem}.quiet{color:var(--quiet)}.row{display:flex;flex-wrap:wrap;gap:.5rem;margin:.75rem 0}
			.error,.notice:not(:empty){border-left:4px solid var(--bad);padding:.5rem 1rem;margin:1rem 0;background:var(--blush)}
			button,.button{font:inherit;display:inline-block;padding:.5rem 1rem;border:2px solid var(--ink);border-radius:6px;background:var(--accent);color:var(--on);cursor:pointer;text-decoration:none}
			.second{background:var(--paper);color:var(--ink)}button:disabled{background:var(--paper);color:var(--quiet);border-color:var(--line);cursor:default}
			:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
			label{display:block;font-weight:600;margin-top:.5rem}
			input,select{font:inherit;width:100%;max-width:16rem;padding:.4rem;border:1px solid var(--line);border-radius:6px;background:var(--paper);color:var(--ink)}
			pre{overflow:auto;white-space:pre-wrap;border:1px solid var(--line);padding:.5rem}main img,video{max-width:100%}
			""";

	private PageStyle() {
	}

	static String of(@Nullable String accent) {
		String colour = (accent != null) ? accent : ACCENT;
		return ":root{--accent:" + colour + ";--on:" + ((luminance(colour) > MIDDLE) ? "#000" : "#fff") + "}\n" + RULES;
	}

	/** The relative luminance of a colour as WCAG has it, 0 to 1. */
	private static double luminance(String colour) {
		int rgb = Integer.parseInt(colour.substring(1), 16);
		return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
	}

	private static double linear(int channel) {
		double value = (channel & 0xff) / 255.0;
		return (value <= 0.04045) ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
	}

}
