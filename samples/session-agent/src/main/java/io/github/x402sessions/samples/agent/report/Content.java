package io.github.x402sessions.samples.agent.report;

import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of an answer.
 */
public final class Content {

	static final Content NONE = new Content(new byte[0], "");

	private static final Pattern TEXT = Pattern.compile("(?i)|text/.*|application/(.*[+])?(json|xml)\\b.*|"
			+ "application/(x-ndjson|javascript|x-www-form-urlencoded)\\b.*");

	private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([A-Za-z0-9._:-]+)");

	/** A server that writes to a terminal could move its cursor or change its title. */
	private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

	private final byte[] bytes;

	private final String type;

	/**
	 * Take a body as it came.
	 * @param bytes the body
	 * @param type its {@code Content-Type}; empty if there is none
	 */
	private Content(byte[] bytes, String type) {
		this.bytes = bytes;
		this.type = type;
	}

	/** Take a body as it came, whose {@code Content-Type} is that of the answer. */
	public static Content of(byte[] body, HttpResponse<?> answer) {
		return new Content(body, answer.headers().firstValue("Content-Type").orElse(""));
	}

	static Content of(HttpResponse<byte[]> answer) {
		return of(answer.body(), answer);
	}

	public byte[] bytes() {
		return this.bytes;
	}

	/** Its media type; empty if the server does not say. */
	public String type() {
		return this.type;
	}

	/** Whether it is text, by its media type. */
	public boolean isText() {
		return TEXT.matcher(this.type).matches();
	}

	public String text() {
		return new String(this.bytes, charset());
	}

	/** What a person sees of it on a terminal. */
	String shown() {
		return isText() ? harmless(text()) : this.bytes.length + " bytes of "
				+ CONTROL.matcher(this.type).replaceAll("?") + "; -o FILE keeps them";
	}

	/** A text of a stranger that a person may see on a terminal. */
	public static String harmless(String text) {
		return CONTROL.matcher(text.replace("\r\n", "\n")).replaceAll("?");
	}

	private Charset charset() {
		Matcher named = CHARSET.matcher(this.type);
		try {
			return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
		}
		catch (IllegalArgumentException ex) {
			return StandardCharsets.UTF_8;
		}
	}

}
