package io.github.x402sessions.facilitator.rpc;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several nodes of which one is asked, until it fails and the next takes its place.
 * Sending to another what one may have taken is safe: the bytes are the same.
 * Thread-safe.
 */
public final class FailoverRpc extends RelayedRpc {

	private static final Logger logger = LoggerFactory.getLogger(FailoverRpc.class);

	private final List<StellarRpc> nodes;

	private final AtomicInteger current = new AtomicInteger();

	/**
	 * Create it.
	 * @param nodes the nodes, the first to ask first
	 */
	public FailoverRpc(List<? extends StellarRpc> nodes) {
		this.nodes = List.copyOf(nodes);
	}

	@Override
	public List<StellarRpc> nodes() {
		return this.nodes;
	}

	@Override
	protected <T> T ask(Function<StellarRpc, T> question) {
		RpcException failure = new RpcException("there is no Stellar RPC to ask", null);
		for (int tried = 0; tried < this.nodes.size(); tried++) {
			int asked = this.current.get();
			try {
				return question.apply(this.nodes.get(asked));
			}
			catch (RpcException ex) {
				failure = ex;
				leave(asked, ex);
			}
		}
		throw failure;
	}

	private void leave(int failed, RpcException failure) {
		int next = (failed + 1) % this.nodes.size();
		if (this.current.compareAndSet(failed, next)) {
			logger.warn("Stellar RPC {} of {} is asked from now on: {}", next + 1, this.nodes.size(),
					failure.getMessage());
		}
	}

}
