package io.github.x402sessions.webflux;

import java.security.Principal;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/**
 * An exchange whose caller is known on every thread: the one of whoever authenticates may
 * depend on the subscriber that asks.
 */
final class KnownExchange extends ServerWebExchangeDecorator {

	private final @Nullable Principal caller;

	private KnownExchange(ServerWebExchange exchange, @Nullable Principal caller) {
		super(exchange);
		this.caller = caller;
	}

	/** Ask who is logged in. */
	static Mono<KnownExchange> of(ServerWebExchange exchange) {
		return exchange.getPrincipal()
			.map((caller) -> new KnownExchange(exchange, caller))
			.switchIfEmpty(Mono.fromSupplier(() -> new KnownExchange(exchange, null)));
	}

	/** Return the name of who is logged in, or {@code null} if nobody is. */
	@Nullable String user() {
		return (this.caller != null) ? this.caller.getName() : null;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T extends Principal> Mono<T> getPrincipal() {
		return (Mono<T>) Mono.justOrEmpty(Optional.ofNullable(this.caller));
	}

}
