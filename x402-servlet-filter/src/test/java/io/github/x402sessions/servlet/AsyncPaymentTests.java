package io.github.x402sessions.servlet;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.x402sessions.core.protocol.SettleResponse;
import io.github.x402sessions.fixtures.Eventually;
import io.github.x402sessions.servlet.hold.PaidAsyncListeners;
import io.github.x402sessions.servlet.hold.PaidExchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When asynchronous handling ends otherwise than by an answer, and who wins when several
 * want to end it, on every container.
 */
@ParameterizedClass
@EnumSource
class AsyncPaymentTests {

	@Parameter
	Container.Kind kind;

	private PaidContainer shop;

	private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

	@AfterEach
	void close() {
		if (this.shop != null) {
			this.shop.close();
		}
	}

	@Test
	void aTimeoutWithoutACommitIsFree() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			request.startAsync().setTimeout(20);
			answer.setHeader("X-Goods", Handlers.GOODS);
			answer.getOutputStream().print(Handlers.GOODS);
		});
		assertNothingSold(response);
		assertThat(response.statusCode()).isIn(500, 503);
	}

	@Test
	void whoAnswersAfterTheTimeoutIsNotPaid() throws Exception {
		CountDownLatch over = new CountDownLatch(1);
		HttpResponse<String> response = pay((request, answer) -> {
			AsyncContext async = request.startAsync();
			async.setTimeout(20);
			async.addListener(new AsyncHandlers.Listener() {

				@Override
				public void onComplete(AsyncEvent event) {
					over.countDown();
				}

			});
			new Thread(() -> {
				Eventually.opens(over);
				this.seen.add(failureOf(() -> {
					answer.getOutputStream().print(Handlers.GOODS);
					answer.flushBuffer();
				}));
				failureOf(async::complete);
				this.seen.add("done");
			}).start();
		});
		assertThat(next()).isInstanceOf(IOException.class);
		assertThat(next()).isEqualTo("done");
		assertNothingSold(response);
	}

	@Test
	void aTimeoutWaitsForASettlementThatRuns() throws Exception {
		CountDownLatch settling = new CountDownLatch(1);
		HttpResponse<String> response = pay(() -> {
			settling.countDown();
			awaitThreadIn(PaidAsyncListeners.class, "onTimeout");
		}, (request, answer) -> {
			AsyncContext async = request.startAsync();
			async.setTimeout(20);
			answer.getOutputStream().print(Handlers.GOODS);
			new Thread(async::complete).start();
			Eventually.opens(settling);
		});
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(Handlers.GOODS);
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	@Test
	void aFailureAfterStartAsyncIsFree() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			request.startAsync();
			answer.getOutputStream().print(Handlers.GOODS);
			throw new IllegalStateException("failed");
		});
		assertNothingSold(response);
		assertThat(response.statusCode()).isEqualTo(500);
	}

	@Test
	void aFailureInALaterDispatchIsFree() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			answer.getOutputStream().print(Handlers.GOODS);
			if (request.getDispatcherType() == DispatcherType.ASYNC) {
				throw new IllegalStateException("failed");
			}
			request.startAsync().dispatch();
		});
		assertNothingSold(response);
		assertThat(response.statusCode()).isEqualTo(500);
	}

	@Test
	void aListenerMayAnswerAnErrorForFree() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			request.startAsync().addListener(new AsyncHandlers.Listener() {

				@Override
				public void onError(AsyncEvent event) {
					AsyncHandlers.writing(() -> {
						((HttpServletResponse) event.getSuppliedResponse()).setStatus(422);
						event.getSuppliedResponse().getOutputStream().print("my own error");
						event.getAsyncContext().complete();
					});
				}

			});
			throw new IllegalStateException("failed");
		});
		assertNothingSold(response);
		assertThat(response.statusCode()).isEqualTo(422);
		assertThat(response.body()).isEqualTo("my own error");
	}

	@Test
	void aHandlersErrorStatusIsFree() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			AsyncContext async = request.startAsync();
			async.start(() -> AsyncHandlers.writing(() -> {
				answer.sendError(404);
				async.complete();
			}));
		});
		assertNothingSold(response);
		assertThat(response.statusCode()).isEqualTo(404);
	}

	@Test
	void anErrorWhileSettlingReleasesNothing() throws Exception {
		Runnable broken = () -> {
			throw new AssertionError("broken");
		};
		assertThat(pay(broken, (request, answer) -> {
			AsyncContext async = request.startAsync();
			answer.getOutputStream().print(Handlers.GOODS);
			async.start(() -> failureOf(async::complete));
		})).satisfies(this::isServerError);
		close();
		assertThat(pay(broken, (request, answer) -> failureOf(() -> {
			answer.getOutputStream().print(Handlers.GOODS);
			answer.flushBuffer();
		}))).satisfies(this::isServerError);
		close();
		assertThat(pay(broken, (request, answer) -> {
			AsyncContext async = request.startAsync();
			async.start(() -> failureOf(() -> {
				answer.getOutputStream().print(Handlers.GOODS);
				answer.flushBuffer();
			}));
		})).satisfies(this::isServerError);
	}

	@Test
	void aHandlersErrorIsFree() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			answer.getOutputStream().print(Handlers.GOODS);
			throw new StackOverflowError(Handlers.GOODS);
		});
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void theContainersResponseIsRefused() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			AsyncContext async = request.startAsync(request, ((ServletResponseWrapper) answer).getResponse());
			async.getResponse().getOutputStream().print(Handlers.GOODS);
			async.complete();
		});
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	@Test
	void nothingStartsAfterARefusal() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			this.shop.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
			failureOf(answer::flushBuffer);
			request.startAsync();
		});
		assertThat(response.statusCode()).isEqualTo(402);
	}

	@Test
	void aRefusedRequestCompletesWithoutItsHandler() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			this.shop.facilitator.receipt = SettleResponse.failure("cap_exceeded", null, "stellar:testnet");
			AsyncContext async = request.startAsync();
			async.setTimeout(0);
			async.addListener(new AsyncHandlers.Listener() {

				@Override
				public void onComplete(AsyncEvent event) {
					AsyncPaymentTests.this.seen.add("complete");
				}

			});
			async.start(() -> this.seen.add(failureOf(answer::flushBuffer)));
		});
		assertThat(response.statusCode()).isEqualTo(402);
		assertThat(List.of(next(), next())).contains("complete");
	}

	@Test
	void whoWritesAfterAFailureIsNotPaid() throws Exception {
		CountDownLatch over = new CountDownLatch(1);
		HttpResponse<String> response = pay((request, answer) -> {
			new Thread(() -> {
				Eventually.opens(over);
				this.seen.add(failureOf(answer::flushBuffer));
			}).start();
			throw new IllegalStateException("failed");
		});
		over.countDown();
		assertThat(next()).isEqualTo("no failure");
		assertNothingSold(response);
	}

	@Test
	void anAnswerThatIsDispatchedPastTheFilterIsLostAndFree() throws Exception {
		HttpResponse<String> response = pay((request, answer) -> {
			if (request.getDispatcherType() != DispatcherType.ASYNC) {
				request.removeAttribute(PaidExchange.class.getName());
				request.startAsync().dispatch();
			}
			else {
				answer.getOutputStream().print(Handlers.GOODS);
			}
		});
		assertNothingSold(response);
	}

	@Test
	void eventsShowTheContextOfTheHandler() throws Exception {
		pay((request, answer) -> {
			if (request.getDispatcherType() != DispatcherType.ASYNC) {
				AsyncContext async = request.startAsync();
				this.seen.add(request.getAsyncContext() == async && async.hasOriginalRequestAndResponse()
						&& async.getResponse() == answer && async.getRequest() == request);
				async.addListener(new AsyncHandlers.Listener() {

					@Override
					public void onStartAsync(AsyncEvent event) {
						event.getAsyncContext().addListener(this, event.getSuppliedRequest(), answer);
						AsyncPaymentTests.this.seen.add("again");
					}

					@Override
					public void onComplete(AsyncEvent event) {
						AsyncPaymentTests.this.seen
							.add(event.getAsyncContext() == async && event.getSuppliedResponse() == answer);
					}

				});
				async.dispatch();
			}
			else {
				request.startAsync().complete();
			}
		});
		assertThat(List.of(next(), next(), next())).containsExactly(true, "again", true);
		assertThat(this.seen).isEmpty();
	}

	private void assertNothingSold(HttpResponse<String> response) {
		assertThat(response.body()).doesNotContain(Handlers.GOODS);
		assertThat(response.headers().map()).doesNotContainKeys("x-goods", "payment-response");
		assertThat(this.shop.facilitator.settled).hasValue(0);
	}

	private void isServerError(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).doesNotContain(Handlers.GOODS);
		assertThat(this.shop.facilitator.settled).hasValue(1);
	}

	private Object next() {
		return Eventually.next(this.seen);
	}

	private static Object failureOf(AsyncHandlers.Writing action) {
		try {
			action.run();
			return "no failure";
		}
		catch (IOException | RuntimeException | AssertionError ex) {
			return ex;
		}
	}

	private static void awaitThreadIn(Class<?> type, String method) {
		Eventually.isTrue(() -> Thread.getAllStackTraces()
			.values()
			.stream()
			.flatMap(Arrays::stream)
			.anyMatch((frame) -> frame.getClassName().equals(type.getName()) && frame.getMethodName().equals(method)));
	}

	private HttpResponse<String> pay(Handlers.Handler handler) throws Exception {
		return pay(() -> {
		}, handler);
	}

	private HttpResponse<String> pay(Runnable whileSettling, Handlers.Handler handler) throws Exception {
		this.shop = new PaidContainer(this.kind, Map.of("it", handler));
		this.shop.facilitator.whileSettling = whileSettling;
		return this.shop.pay("/paid/it");
	}

}
