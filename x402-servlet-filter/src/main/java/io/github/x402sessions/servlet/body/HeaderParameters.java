package io.github.x402sessions.servlet.body;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.github.x402sessions.core.body.RefusedBodyException;

/**
 * Reads the parameters of a header such as {@code Content-Disposition}, in one pass. One
 * that is written as RFC 5987 says ({@code filename*=UTF-8''…}) counts before its
 * namesake.
 */
final class HeaderParameters {

	private final String header;

	private int at;

	private HeaderParameters(String header) {
		this.header = header;
		this.at = header.indexOf(';');
	}

	/**
	 * Read them.
	 * @return the values by name, in lower case
	 * @throws RefusedBodyException if one cannot be read
	 */
	static Map<String, String> of(String header) {
		return new HeaderParameters(header).read();
	}

	private Map<String, String> read() {
		Map<String, String> plain = new HashMap<>();
		Map<String, String> extended = new HashMap<>();
		while (this.at >= 0 && this.at < this.header.length()) {
			this.at++;
			String name = until("=;").strip().toLowerCase(Locale.ROOT);
			if (is('=')) {
				this.at++;
				String value = value();
				if (name.endsWith("*")) {
					extended.putIfAbsent(name.substring(0, name.length() - 1), decode(value));
				}
				else {
					plain.putIfAbsent(name, value);
				}
			}
		}
		plain.putAll(extended);
		return plain;
	}

	private boolean is(char expected) {
		return this.at < this.header.length() && this.header.charAt(this.at) == expected;
	}

	private String until(String ends) {
		int start = this.at;
		while (this.at < this.header.length() && ends.indexOf(this.header.charAt(this.at)) < 0) {
			this.at++;
		}
		return this.header.substring(start, this.at);
	}

	private String value() {
		while (is(' ') || is('\t')) {
			this.at++;
		}
		if (!is('"')) {
			return until(";").strip();
		}
		String value = quoted();
		until(";");
		return value;
	}

	/** Browsers escape nothing but the quote, and leave backslashes as they are. */
	private String quoted() {
		StringBuilder value = new StringBuilder();
		this.at++;
		while (!is('"')) {
			if (is('\\') && this.at + 1 < this.header.length()
					&& "\"\\".indexOf(this.header.charAt(this.at + 1)) >= 0) {
				this.at++;
			}
			if (this.at >= this.header.length()) {
				throw RefusedBodyException.malformedForm();
			}
			value.append(this.header.charAt(this.at));
			this.at++;
		}
		return value.toString();
	}

	private static String decode(String value) {
		String[] parts = value.split("'", 3);
		if (parts.length < 3) {
			throw RefusedBodyException.malformedForm();
		}
		Charset charset = switch (parts[0].toUpperCase(Locale.ROOT)) {
			case "UTF-8" -> StandardCharsets.UTF_8;
			case "ISO-8859-1" -> StandardCharsets.ISO_8859_1;
			default -> throw RefusedBodyException.malformedForm();
		};
		return UrlEncodedForm.decode(parts[2].replace("+", "%2B"), charset);
	}

}
