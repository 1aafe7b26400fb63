package io.github.x402sessions.servlet;

import java.nio.charset.Charset;
import java.util.Locale;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link HeldResponse} says of its body: media type, charset, length and language.
 */
abstract class HeldEntity extends HttpServletResponseWrapper {

	private final HttpServletResponse raw;

	private final HeldContentType contentType;

	private long contentLength = -1;

	private @Nullable Locale locale;

	HeldEntity(HttpServletResponse raw) {
		super(raw);
		this.raw = raw;
		this.contentType = new HeldContentType(raw);
	}

	/** Whether changes are still kept instead of going to the raw response. */
	abstract boolean isHolding();

	/** Make a change, if it may still be made. */
	abstract void change(Runnable change);

	HttpServletResponse raw() {
		return this.raw;
	}

	/** The length that was declared, bytes; -1 if none was. */
	long contentLength() {
		return this.contentLength;
	}

	String fixCharset() {
		return this.contentType.fixCharset();
	}

	void forgetEntity() {
		this.contentType.forget();
		this.contentLength = -1;
		this.locale = null;
	}

	void releaseType() {
		if (this.locale != null) {
			this.raw.setLocale(this.locale);
		}
		this.contentType.release();
	}

	void releaseLength() {
		if (this.contentLength >= 0) {
			this.raw.setContentLengthLong(this.contentLength);
		}
	}

	@Override
	public void setContentLength(int length) {
		setContentLengthLong(length);
	}

	@Override
	public void setContentLengthLong(long length) {
		change(() -> this.contentLength = length);
	}

	@Override
	public void setContentType(@Nullable String type) {
		change(() -> this.contentType.setType(type));
	}

	@Override
	public @Nullable String getContentType() {
		return isHolding() ? this.contentType.type() : super.getContentType();
	}

	@Override
	public void setCharacterEncoding(@Nullable String charset) {
		change(() -> this.contentType.setCharset(charset));
	}

	@Override
	public void setCharacterEncoding(@Nullable Charset charset) {
		setCharacterEncoding((charset != null) ? charset.name() : null);
	}

	@Override
	public String getCharacterEncoding() {
		return isHolding() ? this.contentType.charset() : super.getCharacterEncoding();
	}

	@Override
	public void setLocale(Locale locale) {
		change(() -> this.locale = locale);
	}

	@Override
	public Locale getLocale() {
		Locale held = this.locale;
		return (isHolding() && held != null) ? held : super.getLocale();
	}

}
