package io.github.x402sessions.servlet;

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
	 * A writer was handed out: what it encodes with is final and is told to the client.
	 */
	String fixCharset() {
		this.charset = charset();
		this.fixed = true;
		return this.charset;
	}

	String charset() {
		if (this.charset != null) {
			return this.charset;
		}
		boolean json = this.type != null && this.type.toLowerCase(Locale.ROOT).startsWith("application/json");
		String inherited = this.below.getCharacterEncoding();
		return json ? StandardCharsets.UTF_8.name()
				: (inherited != null) ? inherited : StandardCharsets.ISO_8859_1.name();
	}

	@Nullable String type() {
		if (this.type == null) {
			return this.below.getContentType();
		}
		return (this.charset != null) ? this.type + ";charset=" + this.charset : this.type;
	}

	void forget() {
		this.type = null;
		this.charset = null;
		this.fixed = false;
	}

	void release() {
		if (this.type != null) {
			this.below.setContentType(this.type);
		}
		if (this.charset != null) {
			this.below.setCharacterEncoding(this.charset);
		}
	}

}
