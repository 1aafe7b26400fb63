package io.github.x402sessions.webflux;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;

/**
 * An exchange with another request and another response, of which all that an exchange
 * does with them knows: what is not modified is told by the other response, and forms are
 * read from the other request where its body was received before.
 */
final class SoldExchange extends ServerWebExchangeDecorator {

	private final ServerWebExchange inner;

	private final boolean ownBody;

	/**
	 * Create an exchange.
	 * @param exchange the exchange whose attributes, session and principal it has
	 * @param ownBody whether its request has another body
	 */
	SoldExchange(ServerWebExchange exchange, ServerHttpRequest request, ServerHttpResponse response, boolean ownBody,
			ServerCodecConfigurer codecs) {
		super(exchange);
		this.inner = new DefaultServerWebExchange(request, response, (any) -> exchange.getSession(), codecs,
				new AcceptHeaderLocaleContextResolver());
		this.ownBody = ownBody;
	}

	@Override
	public ServerHttpRequest getRequest() {
		return this.inner.getRequest();
	}

	@Override
	public ServerHttpResponse getResponse() {
		return this.inner.getResponse();
	}

	@Override
	public Mono<MultiValueMap<String, String>> getFormData() {
		return this.ownBody ? this.inner.getFormData() : super.getFormData();
	}

	@Override
	public Mono<MultiValueMap<String, Part>> getMultipartData() {
		return this.ownBody ? this.inner.getMultipartData() : super.getMultipartData();
	}

	@Override
	public Mono<Void> cleanupMultipart() {
		return this.ownBody ? this.inner.cleanupMultipart() : super.cleanupMultipart();
	}

	@Override
	public boolean isNotModified() {
		return this.inner.isNotModified();
	}

	@Override
	public boolean checkNotModified(Instant lastModified) {
		return this.inner.checkNotModified(lastModified);
	}

	@Override
	public boolean checkNotModified(String etag) {
		return this.inner.checkNotModified(etag);
	}

	@Override
	public boolean checkNotModified(@Nullable String etag, Instant lastModified) {
		return this.inner.checkNotModified(etag, lastModified);
	}

}
