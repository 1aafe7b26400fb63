package io.github.x402sessions.mcp;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.x402sessions.core.gate.PaymentGate;
import io.github.x402sessions.core.purchase.IdempotencyGuard;
import io.github.x402sessions.core.purchase.ResponseStore;
import io.github.x402sessions.core.payment.SettlementListener;
import io.github.x402sessions.core.payment.SettlementThreads;
import io.github.x402sessions.core.terms.PricedRoute;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link PaidTools}. Not thread-safe.
 */
public final class PaidToolsBuilder {

	private static final int RESULT_BUDGET = 256 * 1024;

	private final Supplier<PaymentGate> gate;

	private final Map<String, PricedRoute> prices = new LinkedHashMap<>();

	private final List<SettlementListener> listeners = new ArrayList<>();

	private Supplier<? extends List<? extends SettlementListener>> laterListeners = List::of;

	private Supplier<ResponseStore> responseStore = ResponseStore::inMemory;

	private @Nullable Executor executor;

	private int resultBudget = RESULT_BUDGET;

	private ServerUrl url = (transport) -> Optional.empty();

	PaidToolsBuilder(Supplier<PaymentGate> gate) {
		this.gate = gate;
	}

	/**
	 * Put a price on a tool.
	 * @param tool the tool's name in the server
	 * @param price what it costs; its name should be {@code mcp://tool/} and the tool's
	 * @return this builder
	 * @throws IllegalArgumentException if the tool has a price
	 */
	public PaidToolsBuilder price(String tool, PricedRoute price) {
		if (this.prices.put(Objects.requireNonNull(tool, "tool"), Objects.requireNonNull(price, "price")) != null) {
			throw new IllegalArgumentException("tool '" + tool + "' has a price");
		}
		return this;
	}

	/**
	 * Put prices on tools.
	 * @param prices the prices
	 * @return this builder
	 * @throws IllegalArgumentException if one of the tools has a price
	 */
	public PaidToolsBuilder prices(ToolPrices prices) {
		prices.names().forEach((tool) -> price(tool, prices.find(tool).orElseThrow()));
		return this;
	}

	/**
	 * Add a listener.
	 * @param listener takes part in the life of paid calls if it is a
	 * {@link ToolPaymentListener}, and hears of settlements otherwise
	 * @return this builder
	 */
	public PaidToolsBuilder listener(SettlementListener listener) {
		this.listeners.add(Objects.requireNonNull(listener, "listener"));
		return this;
	}

	/**
	 * Add listeners that exist later than the tools.
	 * @param listeners returns them, with the first call of a priced tool
	 * @return this builder
	 */
	public PaidToolsBuilder listeners(Supplier<? extends List<? extends SettlementListener>> listeners) {
		this.laterListeners = Objects.requireNonNull(listeners, "listeners");
		return this;
	}

	/**
	 * Remember elsewhere what payment identifiers have bought, such as where several
	 * servers share their clients; by default it is remembered in memory, for 10 minutes
	 * and in up to 32 MiB.
	 * @param store the store
	 * @return this builder
	 */
	public PaidToolsBuilder responseStore(ResponseStore store) {
		Objects.requireNonNull(store, "store");
		return responseStore(() -> store);
	}

	/**
	 * Remember what payment identifiers have bought in a store that exists later than the
	 * tools.
	 * @param store returns the store, with the first call of a priced tool
	 * @return this builder
	 */
	public PaidToolsBuilder responseStore(Supplier<ResponseStore> store) {
		this.responseStore = Objects.requireNonNull(store, "store");
		return this;
	}

	/**
	 * Limit the results that are kept for clients that ask again.
	 * @param bytes the longest result as JSON, bytes, 0 or more; 256 KiB by default
	 * @return this builder
	 * @throws IllegalArgumentException if the limit is negative
	 */
	public PaidToolsBuilder resultBudget(int bytes) {
		if (bytes < 0) {
			throw new IllegalArgumentException("resultBudget must not be negative");
		}
		this.resultBudget = bytes;
		return this;
	}

	/**
	 * Wait for facilitators on an executor of the application's, where tools do not block
	 * or are settled beside their run; by default on daemon threads, one per call in
	 * flight.
	 * @param executor the executor; it must not wait for one task to run another
	 * @return this builder
	 */
	public PaidToolsBuilder executor(Executor executor) {
		this.executor = Objects.requireNonNull(executor, "executor");
		return this;
	}

	/**
	 * Name the URL that clients reach the server at, which is what payers sign for.
	 * @param url an absolute URL, such as {@code https://shop.example/mcp}
	 * @return this builder
	 * @throws IllegalArgumentException if it is not absolute
	 */
	public PaidToolsBuilder serverUrl(URI url) {
		if (!url.isAbsolute()) {
			throw new IllegalArgumentException("the server's URL must be absolute");
		}
		Optional<String> fixed = Optional.of(url.toString());
		return serverUrl((transport) -> fixed);
	}

	/**
	 * Find the URL that clients reach the server at with each call.
	 * @param url finds it
	 * @return this builder
	 */
	public PaidToolsBuilder serverUrl(ServerUrl url) {
		this.url = Objects.requireNonNull(url, "url");
		return this;
	}

	/**
	 * Create the paid tools.
	 * @return what wraps tools
	 */
	public PaidTools build() {
		return new PaidTools(new ToolPrices(this.prices), new LazyToolGate(this::gate), this.url);
	}

	private ToolGate gate() {
		List<SettlementListener> listeners = new ArrayList<>(this.listeners);
		listeners.addAll(this.laterListeners.get());
		return new ToolGate(this.gate.get(), new ToolListeners(listeners),
				new IdempotencyGuard(this.responseStore.get()),
				(this.executor != null) ? this.executor : SettlementThreads.create(), this.resultBudget);
	}

}
