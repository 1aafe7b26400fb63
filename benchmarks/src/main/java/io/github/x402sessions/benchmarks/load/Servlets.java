package io.github.x402sessions.benchmarks.load;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Servlets of the benchmark servers.
 */
final class Servlets {

	private static final byte[] QUOTE = "{\"line\":\"A penny saved is a penny earned.\"}"
		.getBytes(StandardCharsets.US_ASCII);

	private Servlets() {
	}

	private static void json(HttpServletResponse response, byte[] body) throws IOException {
		response.setContentType("application/json");
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

	/** A short answer. */
	static final class Quote extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			json(response, QUOTE);
		}

	}

	/** A short answer after 300 ms. */
	static final class Slow extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
			for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			json(response, QUOTE);
		}

	}

	/** Ten events, each sent at once. */
	static final class Events extends HttpServlet {

		private static final byte[] EVENT = "data: A penny saved is a penny earned.\n\n"
			.getBytes(StandardCharsets.US_ASCII);

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setContentType("text/event-stream");
			for (int event = 0; event < 10; event++) {
				response.getOutputStream().write(EVENT);
				response.flushBuffer();
			}
		}

	}

	/** A GiB. */
	static final class Big extends HttpServlet {

		private static final long LENGTH = 1L << 30;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setContentType("application/octet-stream");
			response.setContentLengthLong(LENGTH);
			byte[] chunk = new byte[16 * 1024];
			OutputStream out = response.getOutputStream();
			for (long sent = 0; sent < LENGTH; sent += chunk.length) {
				out.write(chunk);
			}
		}

	}

	/** The heap in use after a collection, KiB. */
	static final class Memory extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
			memory.gc();
			memory.gc();
			response.getWriter().print(memory.getHeapMemoryUsage().getUsed() / 1024);
		}

	}

}
