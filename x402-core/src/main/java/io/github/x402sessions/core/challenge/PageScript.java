package io.github.x402sessions.core.challenge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts ES modules of {@code core/page} together into one script without imports, each in
 * a scope of its own and after those that it imports. It knows the forms that those
 * modules are written in: named imports of neighbours, and exports of declarations.
 */
final class PageScript {

	private static final String FOLDER = "/io/github/x402sessions/core/page/";

	private static final Pattern IMPORT = Pattern.compile("(?m)^import \\{([^}]*)} from \"\\./([\\w-]+)\\.js\";\n");

	private static final Pattern EXPORT = Pattern.compile("(?m)^export ((?:async )?function|class|const) (\\w+)");

	private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*/\\*\\*(?s:.*?)\\*/\n|^\\s*//.*\n");

	private final Map<String, String> modules = new LinkedHashMap<>();

	private final List<String> open = new ArrayList<>();

	private PageScript() {
	}

	/** Put a module and all that it imports together. */
	static String of(String module) {
		PageScript script = new PageScript();
		script.add(module);
		return "const $m = {};\n" + String.join("", script.modules.values());
	}

	/** Return a script that is no module, as it stands but for comments. */
	static String plain(String file) {
		return brief(read(file));
	}

	/** Return a script of somebody else's. */
	static String asItIs(String file) {
		return read(file);
	}

	private void add(String module) {
		if (this.modules.containsKey(module)) {
			return;
		}
		if (this.open.contains(module)) {
			throw new IllegalStateException("the modules import each other in a circle: " + this.open);
		}
		this.open.add(module);
		String source = brief(read(module + ".js"));
		IMPORT.matcher(source).results().forEach((found) -> add(found.group(2)));
		this.open.remove(module);
		this.modules.put(module, scoped(module, source));
	}

	private static String scoped(String module, String source) {
		String names = EXPORT.matcher(source)
			.results()
			.map((found) -> found.group(2))
			.collect(Collectors.joining(", "));
		String imported = IMPORT.matcher(source).replaceAll(PageScript::binding);
		String body = EXPORT.matcher(imported).replaceAll("$1 $2");
		return "$m[\"" + module + "\"] = (() => {\n" + body + "return { " + names + " };\n})();\n";
	}

	private static String binding(MatchResult found) {
		return Matcher.quoteReplacement(
				"const {" + found.group(1).replace(" as ", ": ") + "} = $m[\"" + found.group(2) + "\"];\n");
	}

	private static String brief(String source) {
		return COMMENT.matcher(source).replaceAll("").replaceAll("(?m)^\\s+", "");
	}

	private static String read(String file) {
		try (InputStream stream = PageScript.class.getResourceAsStream(FOLDER + file)) {
			if (stream == null) {
				throw new IllegalStateException("this jar has no " + file);
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
