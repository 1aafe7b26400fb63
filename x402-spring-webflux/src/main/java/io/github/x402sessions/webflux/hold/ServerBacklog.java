package io.github.x402sessions.webflux.hold;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.util.ClassUtils;

/**
 * Tells what of an answer its server has taken, and not sent yet.
 */
interface ServerBacklog {

	/** As much as Netty takes for one connection before it asks to wait, bytes. */
	int NETTY_BUFFER = 64 * 1024;

	/** As much as other servers keep, bytes. */
	int OTHER_BUFFER = 8 * 1024;

	/** Of a server that does not tell: what is flushed counts as sent. */
	ServerBacklog UNKNOWN = () -> true;

	/** Find what a response's server tells. */
	static ServerBacklog of(ServerHttpResponse response) {
		return ClassUtils.isPresent("reactor.netty.Connection", ServerBacklog.class.getClassLoader())
				? Netty.of(response) : UNKNOWN;
	}

	/** Whether all that was flushed is on its way. */
	boolean isEmpty();

	/** How much it may keep, bytes. */
	default int size() {
		return OTHER_BUFFER;
	}

	/**
	 * The outbound buffer of one of Netty's channels.
	 *
	 * @param channel the channel
	 */
	record Netty(Channel channel) implements ServerBacklog {

		static ServerBacklog of(ServerHttpResponse response) {
			return (unwrapped(response) instanceof Connection connection) ? new Netty(connection.channel()) : UNKNOWN;
		}

		private static @Nullable Object unwrapped(ServerHttpResponse response) {
			ServerHttpResponse inner = response;
			while (inner instanceof ServerHttpResponseDecorator decorator) {
				inner = decorator.getDelegate();
			}
			return (inner instanceof AbstractServerHttpResponse server) ? server.getNativeResponse() : null;
		}

		@Override
		public boolean isEmpty() {
			ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
			return buffer != null && buffer.totalPendingWriteBytes() == 0;
		}

		@Override
		public int size() {
			return NETTY_BUFFER;
		}

	}

}
