package io.github.x402sessions.servlet.body;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the parameters of a form of the type {@code application/x-www-form-urlencoded}.
 */
final class UrlEncodedForm {

	private UrlEncodedForm() {
	}

	/**
	 * Read a form.
	 * @return the values by name, in their order
	 * @throws IllegalStateException if an escape is broken
	 */
	static Map<String, List<String>> read(byte[] body, Charset charset) {
		Map<String, List<String>> form = new LinkedHashMap<>();
		for (String parameter : new String(body, charset).split("&")) {
			if (!parameter.isEmpty()) {
				String[] sides = parameter.split("=", 2);
				form.computeIfAbsent(decode(sides[0], charset), (name) -> new ArrayList<>())
					.add((sides.length > 1) ? decode(sides[1], charset) : "");
			}
		}
		return form;
	}

	private static String decode(String text, Charset charset) {
		try {
			return URLDecoder.decode(text, charset);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalStateException("the form of the request is malformed", ex);
		}
	}

}
