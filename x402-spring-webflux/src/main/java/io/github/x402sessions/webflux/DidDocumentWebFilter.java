package io.github.x402sessions.webflux;

import java.util.Set;

import io.github.x402sessions.core.offer.OfferSigner;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Publishes the keys of an {@link OfferSigner} at the path of its name, such as
 * {@code /.well-known/did.json}, to everybody and for free. It has to be in front of the
 * {@link PaymentWebFilter} and of whatever asks for a password. Thread-safe.
 */
public final class DidDocumentWebFilter implements WebFilter {

	private static final Set<HttpMethod> READ = Set.of(HttpMethod.GET, HttpMethod.HEAD);

	/** Clients may keep it for as long as a new key is published before it signs. */
	private static final String CACHE_CONTROL = "public, max-age=300";

	private final String path;

	private final byte[] document;

	/**
	 * Create a filter.
	 * @param signer whose keys are published
	 */
	public DidDocumentWebFilter(OfferSigner signer) {
		this.path = signer.did().documentPath();
		this.document = signer.document();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return (this.path.equals(exchange.getRequest().getURI().getRawPath())
				&& READ.contains(exchange.getRequest().getMethod())) ? write(exchange.getResponse())
						: chain.filter(exchange);
	}

	private Mono<Void> write(ServerHttpResponse response) {
		response.getHeaders().set("Content-Type", "application/did+json");
		response.getHeaders().set("Cache-Control", CACHE_CONTROL);
		response.getHeaders().set("Access-Control-Allow-Origin", "*");
		response.getHeaders().set("X-Content-Type-Options", "nosniff");
		response.getHeaders().setContentLength(this.document.length);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(this.document)));
	}

}
