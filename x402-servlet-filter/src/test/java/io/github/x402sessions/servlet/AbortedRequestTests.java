package io.github.x402sessions.servlet;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import com.sun.management.UnixOperatingSystemMXBean;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that go away: while the handler runs, while the settlement runs, in the middle
 * of the stream. Nothing stays behind, and nothing is settled twice.
 */
@ParameterizedClass
@EnumSource
class AbortedRequestTests {

	/** For runs by hand: {@code JAVA_TOOL_OPTIONS=-Daborts=10000}. */
	private static final int ABORTS = Integer.getInteger("aborts", 200);

	private static final List<String> HANDLERS = List.of("answer", "asyncAnswer", "stream", "asyncStream");

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	private final ConcurrentLinkedQueue<WeakReference<Object>> responses = new ConcurrentLinkedQueue<>();

	private final Semaphore entered = new Semaphore(0);

	private final Semaphore goOn = new Semaphore(0);

	private final Semaphore settling = new Semaphore(0);

	private final Semaphore settle = new Semaphore(0);

	private final Semaphore done = new Semaphore(0);

	@BeforeEach
	void open() throws Exception {
		this.shop = new PaidContainer(this.kind,
				Map.of("answer", (request, response) -> sync(() -> answer(response)), "asyncAnswer",
						(request, response) -> async(request.startAsync(), () -> answer(response)), "stream",
						(request, response) -> sync(() -> stream(response)), "asyncStream",
						(request, response) -> async(request.startAsync(), () -> stream(response))));
		this.shop.facilitator.whileSettling = () -> {
			this.settling.release();
			acquire(this.settle);
		};
	}

	@AfterEach
	void close() {
		this.shop.close();
	}

	@Test
	void nothingStaysBehind(TestReporter reporter) throws Exception {
		abort(HANDLERS.size() * 3 * 2);
		String before = resources();
		int threads = threads();
		long descriptors = descriptors();
		this.responses.clear();
		abort(ABORTS);
		awaitThat(() -> threads() <= threads + 10);
		awaitThat(() -> descriptors() <= descriptors + 10);
		awaitThat(() -> {
			System.gc();
			return this.responses.stream().filter((reference) -> reference.get() != null).count() <= 10;
		});
		reporter.publishEntry(Map.of("container", this.kind.name(), "aborts", Integer.toString(ABORTS), "before",
				before, "after", resources()));
		this.entered.drainPermits();
		this.goOn.release();
		this.settle.release();
		assertThat(this.shop.pay("/paid/answer").body()).isEqualTo(Handlers.GOODS);
	}

	private void abort(int count) throws Exception {
		for (int i = 0; i < count; i++) {
			int settledBefore = this.shop.facilitator.settled.get();
			Stage stage = Stage.values()[i % Stage.values().length];
			String handler = HANDLERS.get((i / Stage.values().length) % HANDLERS.size());
			try (Socket socket = send("/paid/" + handler)) {
				acquire(this.entered, this.kind, stage, handler);
				if (stage != Stage.HANDLER) {
					this.goOn.release();
					acquire(this.settling, this.kind, stage, handler);
				}
				if (stage == Stage.STREAM) {
					this.settle.release();
					assertThat(socket.getInputStream().read()).isEqualTo('H');
				}
			}
			switch (stage) {
				case HANDLER -> {
					this.goOn.release();
					this.settle.release();
				}
				case SETTLEMENT -> this.settle.release();
				case STREAM -> {
				}
			}
			acquire(this.done, this.kind, stage, handler);
			assertThat(this.shop.facilitator.settled.get() - settledBefore).isBetween(0, 1);
			this.settle.drainPermits();
			this.settling.drainPermits();
		}
	}

	/** A request whose end is a reset. */
	private Socket send(String path) throws IOException {
		URI uri = this.shop.uri();
		Socket socket = new Socket(uri.getHost(), uri.getPort());
		socket.setSoLinger(true, 0);
		socket.getOutputStream()
			.write(("GET %s HTTP/1.1\r\nHost: localhost\r\nPAYMENT-SIGNATURE: %s\r\n\r\n"
				.formatted(uri.getPath() + path, PaidContainer.payment())).getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private void answer(HttpServletResponse response) throws IOException {
		this.responses.add(new WeakReference<>(response));
		this.entered.release();
		acquire(this.goOn);
		response.getOutputStream().print(Handlers.GOODS);
		response.flushBuffer();
	}

	private void stream(HttpServletResponse response) throws IOException {
		this.responses.add(new WeakReference<>(response));
		this.entered.release();
		acquire(this.goOn);
		for (int i = 0; i < 10_000; i++) {
			response.getOutputStream().write(new byte[8192]);
		}
	}

	private void sync(AsyncHandlers.Writing answer) throws IOException {
		try {
			answer.run();
		}
		finally {
			this.done.release();
		}
	}

	/**
	 * The next request comes after {@code complete()}: the container may give it the very
	 * objects of a request that the client has left, and this one would then be
	 * completed.
	 */
	private void async(AsyncContext async, AsyncHandlers.Writing answer) {
		async.start(() -> {
			try {
				AsyncHandlers.leavable(async, answer);
			}
			finally {
				this.done.release();
			}
		});
	}

	private static void acquire(Semaphore semaphore, Object... situation) {
		try {
			assertThat(semaphore.tryAcquire(1, TimeUnit.MINUTES)).as(Arrays.toString(situation)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void awaitThat(BooleanSupplier condition) {
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).isLessThan(deadline);
			Thread.onSpinWait();
		}
	}

	private static String resources() {
		System.gc();
		long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		return "%d threads, %d descriptors, %d KiB heap".formatted(threads(), descriptors(), used >> 10);
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	private static long descriptors() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
				? unix.getOpenFileDescriptorCount() : 0;
	}

	/** When the client goes away. */
	private enum Stage {

		HANDLER, SETTLEMENT, STREAM

	}

}
