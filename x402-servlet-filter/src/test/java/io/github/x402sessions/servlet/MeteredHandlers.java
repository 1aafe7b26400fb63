package io.github.x402sessions.servlet;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

import io.github.x402sessions.core.payment.ChargeRefusedException;
import io.github.x402sessions.core.payment.MeteredPayment;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.payment.RequestPayment;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Handlers that charge 0.01 for each word before they write it, or less for a page. After
 * the first they wait for the test.
 */
final class MeteredHandlers {

	static final String WORD = "goods ";

	/** 8 KiB, as much as containers keep before they send. */
	private static final byte[] PAGE = new byte[8192];

	/** Opened once the first word or pages have left. */
	volatile CountDownLatch first = new CountDownLatch(1);

	/** Opened by a test that wants the second word. */
	volatile CountDownLatch second = new CountDownLatch(0);

	/** What was charged when a flush succeeded last. */
	volatile BigInteger left = BigInteger.ZERO;

	Map<String, Handlers.Handler> all() {
		Map<String, Handlers.Handler> handlers = new TreeMap<>();
		handlers.put("words", this::words);
		handlers.put("asyncWords", (request, response) -> async(request, () -> words(request, response)));
		handlers.put("unflushed", (request, response) -> {
			MeteredPayment payment = payment(request);
			for (int i = 0; i < 3; i++) {
				payment.charge("0.01");
				response.getWriter().print(WORD);
			}
		});
		handlers.put("pages", (request, response) -> pages(request, response, true));
		handlers.put("asyncPages", (request, response) -> async(request, () -> pages(request, response, true)));
		handlers.put("pagesOfAThread", (request, response) -> pagesOfAThread(request, response));
		handlers.put("pagesOfAFasterThread",
				(request, response) -> Eventually.opens(pagesOfAThread(request, response)));
		handlers.put("unflushedPages", (request, response) -> pages(request, response, false));
		handlers.put("nonBlockingPages", this::nonBlockingPages);
		handlers.put("fails", (request, response) -> {
			word(payment(request), response);
			word(payment(request), response);
			throw new IllegalStateException("thrown");
		});
		handlers.put("failsFirst", (request, response) -> {
			payment(request).charge("0.01");
			response.getWriter().print(WORD);
			throw new IllegalStateException("thrown");
		});
		handlers.put("status", (request, response) -> {
			response.setStatus(Integer.parseInt(request.getParameter("status")));
			word(payment(request), response);
		});
		handlers.put("longer", (request, response) -> {
			response.setContentLength(1);
			word(payment(request), response);
		});
		handlers.put("dispatches", (request, response) -> {
			word(payment(request), response);
			request.startAsync().dispatch("/paid/words?words=1");
		});
		handlers.put("forwards",
				(request, response) -> request.getRequestDispatcher("/paid/words?words=2").forward(request, response));
		handlers.put("includes", (request, response) -> {
			word(payment(request), response);
			request.getRequestDispatcher("/paid/words?words=1").include(request, response);
		});
		handlers.put("closes", (request, response) -> {
			word(payment(request), response);
			response.getWriter().close();
		});
		handlers.put("neverCompletes", (request, response) -> {
			request.startAsync().setTimeout(100);
			word(payment(request), response);
		});
		handlers.put("goesOn", (request, response) -> {
			MeteredPayment payment = payment(request);
			word(payment, response);
			Eventually.isTrue(() -> payment.remaining().signum() == 0);
			try {
				payment.charge(BigInteger.ONE);
			}
			catch (ChargeRefusedException ex) {
				response.getWriter().print("refused");
			}
		});
		return handlers;
	}

	private static MeteredPayment payment(HttpServletRequest request) {
		return RequestPayment.metered(request).orElseThrow();
	}

	private void words(HttpServletRequest request, HttpServletResponse response) throws IOException {
		MeteredPayment payment = payment(request);
		response.flushBuffer();
		int words = Integer.parseInt(request.getParameter("words"));
		for (int i = 0; i < words; i++) {
			word(payment, response);
			this.first.countDown();
			Eventually.opens(this.second);
		}
	}

	private static void word(MeteredPayment payment, HttpServletResponse response) throws IOException {
		payment.charge("0.01");
		response.getWriter().print(WORD);
		response.flushBuffer();
	}

	/** A page costs 100 base units. */
	private void pages(HttpServletRequest request, HttpServletResponse response, boolean flushed) throws IOException {
		MeteredPayment payment = payment(request);
		for (int i = 0; i < 9_999; i++) {
			payment.charge(BigInteger.valueOf(100));
			response.getOutputStream().write(PAGE);
			if (flushed) {
				response.flushBuffer();
				this.left = payment.charged();
			}
			if (i == (flushed ? 0 : 4)) {
				this.first.countDown();
				Eventually.opens(this.second);
			}
		}
	}

	/**
	 * As Spring's emitters do, it leaves the end to the container if its client leaves.
	 */
	private CountDownLatch pagesOfAThread(HttpServletRequest request, HttpServletResponse response) {
		AsyncContext async = request.startAsync();
		async.setTimeout(0);
		CountDownLatch failed = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			try {
				pages(request, response, true);
				async.complete();
			}
			catch (IOException ex) {
				failed.countDown();
			}
		});
		thread.setDaemon(true);
		thread.start();
		return failed;
	}

	private void nonBlockingPages(HttpServletRequest request, HttpServletResponse response) throws IOException {
		MeteredPayment payment = payment(request);
		AsyncContext async = request.startAsync();
		ServletOutputStream output = response.getOutputStream();
		output.setWriteListener(new WriteListener() {

			@Override
			public void onWritePossible() throws IOException {
				while (output.isReady()) {
					if (payment.remaining().intValue() < 100) {
						async.complete();
						return;
					}
					payment.charge(BigInteger.valueOf(100));
					output.write(PAGE);
					if (payment.charged().intValue() == 500) {
						MeteredHandlers.this.first.countDown();
						Eventually.opens(MeteredHandlers.this.second);
					}
				}
			}

			@Override
			public void onError(Throwable failure) {
				async.complete();
			}

		});
	}

	private static void async(HttpServletRequest request, AsyncHandlers.Writing answer) {
		AsyncContext async = request.startAsync();
		async.start(() -> AsyncHandlers.leavable(async, answer));
	}

}
