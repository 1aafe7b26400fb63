package io.github.x402sessions.mcp;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The gate that is made with the first call, once. Thread-safe.
 */
final class LazyToolGate implements Supplier<ToolGate> {

	private final ReentrantLock lock = new ReentrantLock();

	private final Supplier<ToolGate> source;

	private volatile @Nullable ToolGate gate;

	LazyToolGate(Supplier<ToolGate> source) {
		this.source = source;
	}

	@Override
	public ToolGate get() {
		ToolGate known = this.gate;
		return (known != null) ? known : make();
	}

	private ToolGate make() {
		this.lock.lock();
		try {
			ToolGate made = this.gate;
			if (made == null) {
				made = this.source.get();
				this.gate = made;
			}
			return made;
		}
		finally {
			this.lock.unlock();
		}
	}

}
