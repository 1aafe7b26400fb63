package io.github.x402sessions.mcp;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Calls a tool that does not block, once its payment is verified, and charges for what it
 * answers, which blocks threads of our own. A call that has begun goes on when nobody
 * waits for it any more: it may have been paid by then, and its client may ask again.
 *
 * @param <X> what the tool is given of the client
 */
record PaidAsyncHandler<X>(PricedTool tool, Supplier<ToolGate> gate, ExchangeKind<X> kind,
		BiFunction<X, CallToolRequest, Mono<CallToolResult>> handler)
		implements
			BiFunction<X, CallToolRequest, Mono<CallToolResult>> {

	@Override
	public Mono<CallToolResult> apply(X exchange, CallToolRequest request) {
		ToolCall call = this.tool.call(request, this.kind.transport().apply(exchange));
		return Mono.deferContextual((context) -> Mono.fromFuture(serve(call, exchange, request, context), true));
	}

	private CompletableFuture<CallToolResult> serve(ToolCall call, X exchange, CallToolRequest request,
			ContextView context) {
		Executor executor = this.gate.get().blocking();
		return CompletableFuture
			.supplyAsync(() -> this.gate.get().admit(this.tool, call, ToolPayment.sent(request)), executor)
			.thenComposeAsync(
					(admission) -> admission.fold((sale) -> serve(sale, exchange, request, context, executor),
							() -> grant(call, exchange, request, context), CompletableFuture::completedFuture),
					executor);
	}

	private CompletableFuture<CallToolResult> grant(ToolCall call, X exchange, CallToolRequest request,
			ContextView context) {
		return run(exchange, ToolPayment.verified(request, null), context)
			.whenComplete((result, failure) -> this.gate.get().granted(this.tool, call));
	}

	private CompletableFuture<CallToolResult> run(X exchange, CallToolRequest request, ContextView context) {
		return Mono.defer(() -> this.handler.apply(exchange, request))
			.contextWrite(context)
			.toFuture()
			.thenApply((result) -> Objects.requireNonNull(result, "the tool has no result"));
	}

	private CompletableFuture<CallToolResult> serve(ToolSale sale, X exchange, CallToolRequest request,
			ContextView context, Executor executor) {
		CompletionStage<CallToolResult> answer;
		try {
			answer = sale.begin()
				.<CompletionStage<CallToolResult>>map(CompletableFuture::completedFuture)
				.orElseGet(() -> run(this.kind.held().apply(exchange, sale.notifications()),
						ToolPayment.verified(request, sale.payment()), context)
					.handleAsync((result, failure) -> end(sale, result, failure), executor));
		}
		catch (RuntimeException | Error ex) {
			answer = CompletableFuture.failedFuture(ex);
		}
		return answer.whenComplete((result, failure) -> sale.close()).toCompletableFuture();
	}

	private static CallToolResult end(ToolSale sale, @Nullable CallToolResult result, @Nullable Throwable failure) {
		if (result == null) {
			return orThrow(sale.fail(),
					(failure != null) ? failure : new IllegalStateException("the tool has no result"));
		}
		try {
			return sale.finish(result);
		}
		catch (RuntimeException | Error ex) {
			return orThrow(sale.fail(), ex);
		}
	}

	private static CallToolResult orThrow(Optional<CallToolResult> answer, Throwable failure) {
		return answer.orElseThrow(() -> new CompletionException(failure));
	}

}
