package io.github.x402sessions.spring.discovery;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A path pattern as catalogues know it: {@code /users/:id} for {@code /users/{id}}.
 *
 * @param value the template
 * @param names the names of its parameters, in their order
 */
record PathTemplate(String value, Set<String> names) {

	private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([^{}:]+)(?::(?:[^{}]|\\{[^{}]*\\})*)?\\}|\\*+");

	private static final Pattern VALID = Pattern.compile("/[a-zA-Z0-9_/:.\\-~%]+");

	/** Read a pattern; empty if it cannot be told. */
	static Optional<PathTemplate> of(String pattern) {
		Set<String> names = new LinkedHashSet<>();
		StringBuilder template = new StringBuilder();
		Matcher variables = VARIABLE.matcher(pattern);
		int end = 0;
		while (variables.find()) {
			template.append(UriUtils.encodePath(pattern.substring(end, variables.start()), UTF_8));
			String name = (variables.group(1) != null) ? variables.group(1).replaceAll("\\W", "_")
					: "var" + (names.size() + 1);
			names.add(name);
			template.append(':').append(name);
			end = variables.end();
		}
		template.append(UriUtils.encodePath(pattern.substring(end), UTF_8));
		String value = template.toString();
		boolean valid = names.isEmpty()
				|| (VALID.matcher(value).matches() && !value.contains("..") && !value.contains("://"));
		return valid ? Optional.of(new PathTemplate(value, names)) : Optional.empty();
	}

	boolean hasParameters() {
		return !this.names.isEmpty();
	}

}
