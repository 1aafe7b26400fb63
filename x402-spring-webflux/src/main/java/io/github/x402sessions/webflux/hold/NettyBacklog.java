package io.github.x402sessions.webflux.hold;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * The backlog of one of Netty's channels: the part that waits in front of it, which is
 * told by nobody having released it, and the channel's own outbound buffer. One part at a
 * time is followed.
 */
final class NettyBacklog implements ServerBacklog {

	/** As much as a channel takes before it asks to wait, bytes. */
	private static final int BUFFER = 64 * 1024;

	private final Channel channel;

	private final NettyDataBufferFactory buffers;

	/** A buffer of our own, which nobody uses again once it is released. */
	private volatile @Nullable ByteBuf last;

	NettyBacklog(Channel channel) {
		this.channel = channel;
		this.buffers = new NettyDataBufferFactory(channel.alloc());
	}

	@Override
	public DataBuffer followed(DataBuffer part) {
		ByteBuf own = this.channel.alloc()
			.compositeBuffer(1)
			.addComponent(true, NettyDataBufferFactory.toByteBuf(part));
		this.last = own;
		return this.buffers.wrap(own);
	}

	@Override
	public boolean isEmpty() {
		ByteBuf last = this.last;
		return (last == null || last.refCnt() == 0) && isChannelEmpty();
	}

	/** The streams of one connection have no buffer, but tell how full they are. */
	private boolean isChannelEmpty() {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		if (buffer != null) {
			return buffer.totalPendingWriteBytes() == 0;
		}
		return this.channel.isActive()
				&& this.channel.bytesBeforeUnwritable() >= this.channel.config().getWriteBufferHighWaterMark();
	}

	@Override
	public Mono<Void> drained() {
		return Mono.create((sink) -> new Look(sink).run());
	}

	@Override
	public int size() {
		return BUFFER;
	}

	/**
	 * Looks whether all was sent, again and again: soon while the channel is busy with
	 * it, and ever more rarely where its client does not read.
	 */
	private final class Look implements Runnable {

		/** Netty writes a part, and flushes it, in a turn of the loop each. */
		private static final int TURNS = 3;

		private static final int LONGEST_PAUSE = 64;

		private final MonoSink<Void> sink;

		private int turn;

		private int pause = 1;

		private volatile boolean cancelled;

		Look(MonoSink<Void> sink) {
			this.sink = sink;
			sink.onCancel(() -> this.cancelled = true);
		}

		@Override
		public void run() {
			if (this.cancelled) {
				return;
			}
			if (isEmpty()) {
				this.sink.success();
			}
			else if (!NettyBacklog.this.channel.isActive()) {
				this.sink.error(new IOException("the client has gone"));
			}
			else {
				lookAgain();
			}
		}

		@SuppressWarnings("FutureReturnValueIgnored") // it tells its sink
		private void lookAgain() {
			Channel channel = NettyBacklog.this.channel;
			try {
				if (this.turn < TURNS) {
					this.turn++;
					channel.eventLoop().execute(this);
				}
				else {
					channel.eventLoop().schedule(this, this.pause, TimeUnit.MILLISECONDS);
					this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
				}
			}
			catch (RejectedExecutionException ex) {
				this.sink.error(ex);
			}
		}

	}

}
