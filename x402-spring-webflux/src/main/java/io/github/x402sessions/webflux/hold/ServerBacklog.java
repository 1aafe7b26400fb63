package io.github.x402sessions.webflux.hold;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.ClassUtils;

/**
 * Tells what of an answer its server has taken, and not sent yet.
 */
interface ServerBacklog {

	/** As much as other servers keep, bytes. */
	int OTHER_BUFFER = 8 * 1024;

	/**
	 * Of a server that does not tell, and takes one part at a time: what it took counts
	 * as sent.
	 */
	ServerBacklog UNKNOWN = () -> true;

	/** Find what a response's server tells. */
	static ServerBacklog of(ServerHttpResponse response) {
		return ClassUtils.isPresent("reactor.netty.Connection", ServerBacklog.class.getClassLoader())
				? Netty.of(response) : UNKNOWN;
	}

	/** Whether all that was {@link #followed} is on its way. */
	boolean isEmpty();

	/** Return a part in a form whose way can be followed. */
	default DataBuffer followed(DataBuffer part) {
		return part;
	}

	/** Wait, on no thread, until it is empty. Fails if the client has gone. */
	default Mono<Void> drained() {
		return Mono.empty();
	}

	/** How much it may keep, bytes. */
	default int size() {
		return OTHER_BUFFER;
	}

	/** Finds Netty's channels. */
	final class Netty {

		private Netty() {
		}

		static ServerBacklog of(ServerHttpResponse response) {
			return (unwrapped(response) instanceof Connection connection) ? new NettyBacklog(connection.channel())
					: UNKNOWN;
		}

		private static @Nullable Object unwrapped(ServerHttpResponse response) {
			ServerHttpResponse inner = response;
			while (inner instanceof ServerHttpResponseDecorator decorator) {
				inner = decorator.getDelegate();
			}
			return (inner instanceof AbstractServerHttpResponse server) ? server.getNativeResponse() : null;
		}

	}

}
