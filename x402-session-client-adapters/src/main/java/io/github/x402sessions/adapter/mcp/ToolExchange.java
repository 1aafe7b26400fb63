package io.github.x402sessions.adapter.mcp;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.x402sessions.client.payment.PaidCall;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpTransportSessionNotFoundException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A call of a tool: one request, and others if it is to be paid. Ends with the caller's
 * answer, or without one; nothing is paid after that. Thread-safe.
 */
final class ToolExchange {

	private final ToolRequest request;

	private final PaidCall call;

	private final ToolWire wire;

	/** The ids of requests that an answer may come to; guarded by this. */
	private final Set<Object> open = new HashSet<>();

	/** The id of the request that was sent last; guarded by this. */
	private Object last;

	/** The payment that was sent last; guarded by this. */
	private @Nullable String payment;

	/** What that was refused with, while it is decided on another; guarded by this. */
	private @Nullable ToolAnswer refused;

	/** Whether a lost payment was sent once more; guarded by this. */
	private boolean repeated;

	/** Guarded by this. */
	private boolean ended;

	ToolExchange(ToolRequest request, PaidCall call, ToolWire wire) {
		this.request = request;
		this.call = call;
		this.wire = wire;
		this.last = request.request().id();
	}

	/** Send the caller's request, paid for at once where the price is known. */
	Mono<Void> start() {
		Optional<String> prepayment = this.call.prepayment();
		Object id = this.request.request().id();
		synchronized (this) {
			this.open.add(id);
			this.payment = prepayment.orElse(null);
		}
		McpSchema.JSONRPCRequest first = prepayment.map((known) -> this.request.paid(id, known))
			.orElseGet(this.request::unpaid);
		return this.wire.send(first).onErrorResume((failure) -> lost(id, failure) ? Mono.empty() : Mono.error(failure));
	}

	/**
	 * Take in an answer.
	 * @return what the caller gets of it, if anything
	 */
	Optional<McpSchema.JSONRPCResponse> receive(McpSchema.JSONRPCResponse response) {
		ToolAnswer answer = ToolAnswer.of(response);
		synchronized (this) {
			if (this.ended || !this.open.remove(response.id())) {
				return Optional.empty();
			}
			if (answer.asksForMoney()) {
				this.open.clear();
				this.refused = answer;
			}
			else {
				this.ended = true;
			}
		}
		if (answer.asksForMoney()) {
			pay(answer, response);
			return Optional.empty();
		}
		return Optional.of(end(answer, response));
	}

	@SuppressWarnings("FutureReturnValueIgnored") // every outcome ends in what follows
	private void pay(ToolAnswer answer, McpSchema.JSONRPCResponse response) {
		CompletableFuture
			.supplyAsync(() -> this.call.answerLater(answer.challenges(), List.of()),
					Schedulers.boundedElastic()::schedule)
			.thenCompose((payment) -> payment)
			.whenComplete((payment, failure) -> {
				if (payment != null && payment.isPresent()) {
					send(payment.get());
				}
				else {
					refuse(answer, response);
				}
			});
	}

	/** The caller gets the refusal as it is. */
	private void refuse(ToolAnswer answer, McpSchema.JSONRPCResponse response) {
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
		}
		this.wire.deliver(end(answer, response));
	}

	private McpSchema.JSONRPCResponse end(ToolAnswer answer, McpSchema.JSONRPCResponse response) {
		this.wire.forget(this);
		this.call.answered(answer.status(), answer.receipts(), answer.challenges());
		return new McpSchema.JSONRPCResponse(response.jsonrpc(), this.request.request().id(), response.result(),
				response.error());
	}

	private void send(String made) {
		Object id = this.wire.newId(this);
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.open.add(id);
			this.last = id;
			this.payment = made;
			this.refused = null;
		}
		this.wire.send(this.request.paid(id, made)).subscribe((unused) -> {
		}, (failure) -> {
			if (!lost(id, failure)) {
				this.wire.deliver(McpSchema.JSONRPCResponse.error(this.request.request().id(),
						new McpSchema.JSONRPCResponse.JSONRPCError(McpSchema.ErrorCodes.INTERNAL_ERROR,
								"the answer to a paid call was lost, so it may have been charged")));
			}
		});
	}

	/**
	 * No answer comes to a request, unless there was one already. A payment that the
	 * server takes once, however often it gets it, is sent once more.
	 * @return whether the caller need not know
	 */
	private boolean lost(Object id, Throwable failure) {
		String again = null;
		synchronized (this) {
			if (this.ended || !this.open.contains(id)) {
				return true;
			}
			if (this.payment != null && !this.repeated && this.call.isRepeatable()
					&& !(failure instanceof McpTransportSessionNotFoundException)) {
				this.repeated = true;
				again = this.payment;
			}
		}
		if (again != null) {
			send(again);
			return true;
		}
		end(failure);
		return false;
	}

	/** No answer comes, or none that anybody waits for. */
	void end(Throwable why) {
		boolean sent;
		ToolAnswer refusal;
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			sent = this.payment != null;
			refusal = this.refused;
		}
		this.wire.forget(this);
		if (!sent) {
			this.call.notSent();
		}
		else if (refusal != null) {
			this.call.answered(refusal.status(), refusal.receipts(), refusal.challenges());
		}
		else {
			this.call.failed(why);
		}
	}

	/** The id by which the server knows what was sent last. */
	synchronized Object wireId() {
		return this.last;
	}

}
