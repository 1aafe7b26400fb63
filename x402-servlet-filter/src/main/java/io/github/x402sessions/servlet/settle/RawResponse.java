package io.github.x402sessions.servlet.settle;

import java.io.IOException;
import java.util.Collection;

import io.github.x402sessions.core.settle.RawAnswer;
import io.github.x402sessions.servlet.challenge.HeaderSnapshot;
import io.github.x402sessions.servlet.challenge.ServletAnswer;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The container's response, as it was before its handler ran.
 */
final class RawResponse implements RawAnswer {

	private final HttpServletResponse response;

	private final ServletAnswer answer;

	private final HeaderSnapshot outerHeaders;

	RawResponse(HttpServletResponse response) {
		this.response = response;
		this.answer = new ServletAnswer(response);
		this.outerHeaders = new HeaderSnapshot(response);
	}

	@Override
	public boolean isCommitted() {
		return this.response.isCommitted();
	}

	@Override
	public int bufferSize() {
		return this.response.getBufferSize();
	}

	@Override
	public void restore() {
		this.outerHeaders.restore(this.response);
	}

	@Override
	public void status(int status) {
		this.answer.status(status);
	}

	@Override
	public Collection<String> names() {
		return this.answer.names();
	}

	@Override
	public Collection<String> values(String name) {
		return this.answer.values(name);
	}

	@Override
	public void set(String name, String value) {
		this.answer.set(name, value);
	}

	@Override
	public void add(String name, String value) {
		this.answer.add(name, value);
	}

	@Override
	public void write(String type, byte[] content) throws IOException {
		this.answer.write(type, content);
	}

}
