package io.github.x402sessions.servlet.challenge;

import java.io.IOException;
import java.util.Collection;

import io.github.x402sessions.core.challenge.OwnAnswer;
import jakarta.servlet.http.HttpServletResponse;

/**
 * An answer that is written to an uncommitted response.
 *
 * @param response the response
 */
public record ServletAnswer(HttpServletResponse response) implements OwnAnswer {

	@Override
	public void status(int status) {
		this.response.setStatus(status);
	}

	@Override
	public Collection<String> names() {
		return this.response.getHeaderNames();
	}

	@Override
	public Collection<String> values(String name) {
		return this.response.getHeaders(name);
	}

	@Override
	public void set(String name, String value) {
		this.response.setHeader(name, value);
	}

	@Override
	public void add(String name, String value) {
		this.response.addHeader(name, value);
	}

	@Override
	public void write(String type, byte[] content) throws IOException {
		this.response.setContentType(type);
		this.response.setContentLength(content.length);
		this.response.getOutputStream().write(content);
	}

}
