package io.github.x402sessions.webflux.hold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.core.settle.RawAnswer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The server's response, as it was before its handler ran. A body that is written to it
 * waits until it is {@link #send() sent}.
 */
public final class RawServerResponse implements RawAnswer {

	private final ServerHttpResponse response;

	private final ServerBacklog backlog;

	private final @Nullable HttpStatusCode outerStatus;

	private final Map<String, List<String>> outerHeaders = new LinkedHashMap<>();

	private final MultiValueMap<String, ResponseCookie> outerCookies;

	private byte @Nullable [] body;

	/**
	 * Take a response as it is.
	 * @param response an uncommitted response
	 */
	public RawServerResponse(ServerHttpResponse response) {
		this.response = response;
		this.backlog = ServerBacklog.of(response);
		this.outerStatus = response.getStatusCode();
		response.getHeaders().forEach((name, values) -> this.outerHeaders.put(name, new ArrayList<>(values)));
		this.outerCookies = new LinkedMultiValueMap<>(response.getCookies());
	}

	ServerHttpResponse response() {
		return this.response;
	}

	ServerBacklog backlog() {
		return this.backlog;
	}

	/** Take over the head of an answer that may leave. */
	void take(ServerHttpResponse head) {
		this.response.setStatusCode(head.getStatusCode());
		replaceHeaders(head.getHeaders());
		MultiValueMap<String, ResponseCookie> cookies = new LinkedMultiValueMap<>(head.getCookies());
		this.response.getCookies().clear();
		this.response.getCookies().addAll(cookies);
	}

	private void replaceHeaders(HttpHeaders replacement) {
		HttpHeaders headers = this.response.getHeaders();
		List.copyOf(headers.headerNames()).forEach(headers::remove);
		replacement.forEach((name, values) -> headers.put(name, new ArrayList<>(values)));
	}

	@Override
	public boolean isCommitted() {
		return this.response.isCommitted();
	}

	@Override
	public int bufferSize() {
		return this.backlog.size();
	}

	@Override
	public void restore() {
		this.body = null;
		this.response.setStatusCode(this.outerStatus);
		HttpHeaders outer = new HttpHeaders();
		this.outerHeaders.forEach(outer::put);
		replaceHeaders(outer);
		this.response.getCookies().clear();
		this.response.getCookies().addAll(this.outerCookies);
	}

	@Override
	public void status(int status) {
		this.response.setRawStatusCode(status);
	}

	@Override
	public Collection<String> names() {
		Set<String> names = this.response.getHeaders().headerNames();
		if (this.response.getCookies().isEmpty() || this.response.getHeaders().containsHeader(HttpHeaders.SET_COOKIE)) {
			return names;
		}
		return Stream.concat(names.stream(), Stream.of(HttpHeaders.SET_COOKIE)).toList();
	}

	/** Cookies are headers as well, which the server makes of them late. */
	@Override
	public Collection<String> values(String name) {
		List<String> values = this.response.getHeaders().getOrEmpty(name);
		if (!HttpHeaders.SET_COOKIE.equalsIgnoreCase(name)) {
			return values;
		}
		Stream<ResponseCookie> cookies = this.response.getCookies().values().stream().flatMap(List::stream);
		return Stream.concat(values.stream(), cookies.map(ResponseCookie::toString)).toList();
	}

	@Override
	public void set(String name, String value) {
		this.response.getHeaders().set(name, value);
	}

	@Override
	public void add(String name, String value) {
		this.response.getHeaders().add(name, value);
	}

	@Override
	public void write(String type, byte[] content) {
		set(HttpHeaders.CONTENT_TYPE, type);
		writeAgain(content);
	}

	/**
	 * Write a body whose head is there.
	 * @param content its bytes
	 */
	public void writeAgain(byte[] content) {
		set(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length));
		this.body = content;
	}

	/**
	 * Take a header back.
	 * @param name the name of the header
	 */
	public void remove(String name) {
		this.response.getHeaders().remove(name);
		if (HttpHeaders.SET_COOKIE.equalsIgnoreCase(name)) {
			this.response.getCookies().clear();
		}
	}

	/** Return the body that was written in the handler's place, once. */
	byte @Nullable [] takeBody() {
		byte[] body = this.body;
		this.body = null;
		return body;
	}

	/**
	 * Send what was written.
	 * @return the end of the answer
	 */
	public Mono<Void> send() {
		byte[] body = takeBody();
		return (body != null)
				? this.response.writeWith(Mono.fromSupplier(() -> this.response.bufferFactory().wrap(body)))
				: this.response.setComplete();
	}

}
