package io.github.x402sessions.servlet.hold;

import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The content type and character encoding that wait for a payment. The encoding cannot
 * change any more once a writer uses it (Servlet 6.1, 5.5).
 */
final class HeldContentType {

	private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]+)\"?",
			Pattern.CASE_INSENSITIVE);

	private final HttpServletResponse below;

	private @Nullable String type;

	private @Nullable String charset;

	private boolean fixed;

	/** The client knows the charset without being told. */
	private boolean implied;

	HeldContentType(HttpServletResponse below) {
		this.below = below;
	}

	void setType(@Nullable String value) {
		if (value == null) {
			this.type = null;
			return;
		}
		Matcher matcher = CHARSET.matcher(value);
		if (matcher.find()) {
			setCharset(matcher.group(1));
			this.type = matcher.replaceFirst("");
		}
		else {
			this.type = value;
		}
	}

	void setCharset(@Nullable String value) {
		if (!this.fixed) {
			this.charset = value;
		}
	}

	/**
	 * A writer was handed out: what it encodes with is final, and is told to the client
	 * if the container would.
	 */
	Charset fixCharset() throws UnsupportedEncodingException {
		String found = charset();
		this.implied = this.charset == null && isImplied(found);
		this.charset = found;
		this.fixed = true;
		return named(found);
	}

	/** JSON is UTF-8 without saying so (RFC 8259, 8.1), where the container agrees. */
	private boolean isImplied(@Nullable String found) {
		return this.type != null && this.type.toLowerCase(Locale.ROOT).startsWith("application/json")
				&& StandardCharsets.UTF_8.name().equalsIgnoreCase(found);
	}

	/** Find a charset; without a name it is the one of Servlet 6.1, 5.5. */
	static Charset named(@Nullable String name) throws UnsupportedEncodingException {
		try {
			return (name != null) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
		}
		catch (IllegalArgumentException ex) {
			throw new UnsupportedEncodingException(name);
		}
	}

	/**
	 * What was set or, without, what the container encodes with; Jetty names none for
	 * some types. It has defaults of its own for others and tells them only of a type
	 * that it was given; where anybody has given it one, or an encoding, that counts.
	 */
	@Nullable String charset() {
		if (this.charset != null || this.fixed) {
			return this.charset;
		}
		String general = this.below.getCharacterEncoding();
		boolean told = this.below.getContentType() != null
				|| (general != null && !StandardCharsets.ISO_8859_1.name().equalsIgnoreCase(general));
		if (this.type == null || told || this.below.isCommitted()) {
			return general;
		}
		this.below.setContentType(this.type);
		String own = this.below.getCharacterEncoding();
		this.below.setContentType(null);
		return own;
	}

	@Nullable String type() {
		if (this.type == null) {
			return this.below.getContentType();
		}
		return (this.charset != null && !this.implied) ? this.type + ";charset=" + this.charset : this.type;
	}

	void forget() {
		this.type = null;
		this.charset = null;
		this.fixed = false;
		this.implied = false;
	}

	void release() {
		if (this.type != null) {
			this.below.setContentType(this.type);
		}
		if (this.charset != null && !this.implied) {
			this.below.setCharacterEncoding(this.charset);
		}
	}

}
