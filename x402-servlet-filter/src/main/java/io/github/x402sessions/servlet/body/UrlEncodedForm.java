package io.github.x402sessions.servlet.body;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

import io.github.x402sessions.core.body.RefusedBodyException;
import io.github.x402sessions.core.body.RefusedBodyException.Reason;

/**
 * Reads the parameters of a form of the type {@code application/x-www-form-urlencoded}.
 */
final class UrlEncodedForm {

	/** How many parameters a request may have, as on Tomcat and Jetty. */
	static final int MAX_PARAMETERS = 1000;

	/** How long those of a body may be, bytes, as on Tomcat. */
	static final int MAX_LENGTH = 2 * 1024 * 1024;

	private UrlEncodedForm() {
	}

	/**
	 * Read a form.
	 * @return the values by name, in their order
	 * @throws RefusedBodyException if an escape is broken, or there are too many
	 */
	static Map<String, List<String>> read(byte[] body, Charset charset) {
		Map<String, List<String>> form = new LinkedHashMap<>();
		StringTokenizer parameters = new StringTokenizer(new String(body, charset), "&");
		for (int count = 1; parameters.hasMoreTokens(); count++) {
			requireFew(count);
			String[] sides = parameters.nextToken().split("=", 2);
			form.computeIfAbsent(decode(sides[0], charset), (name) -> new ArrayList<>())
				.add((sides.length > 1) ? decode(sides[1], charset) : "");
		}
		return form;
	}

	/** Refuse more parameters than are taken. */
	static void requireFew(int parameters) {
		if (parameters > MAX_PARAMETERS) {
			throw new RefusedBodyException(Reason.TOO_LARGE,
					"A signed request may have up to " + MAX_PARAMETERS + " parameters.");
		}
	}

	/** Refuse longer parameters than are taken. */
	static void requireShort(long bytes) {
		if (bytes > MAX_LENGTH) {
			throw new RefusedBodyException(Reason.TOO_LARGE,
					"The fields of a signed form may have up to " + MAX_LENGTH + " bytes.");
		}
	}

	static String decode(String text, Charset charset) {
		try {
			return URLDecoder.decode(text, charset);
		}
		catch (IllegalArgumentException ex) {
			throw RefusedBodyException.malformedForm();
		}
	}

}
