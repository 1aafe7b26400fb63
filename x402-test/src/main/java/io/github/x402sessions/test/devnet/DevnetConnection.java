package io.github.x402sessions.test.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.github.x402sessions.devnet.StellarDevnet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.util.FileSystemUtils;
import org.stellar.sdk.KeyPair;

/**
 * Connects a facilitator under test with a local ledger: as a bean of a test's
 * configuration, it sets the facilitator's RPC URL, a funded account of its own and a
 * database that goes with the context, and who is paid, {@code x402.pay-to}. It does so
 * with and without a real web server.
 *
 * <pre class="code">
 * &#64;Bean
 * StellarDevnet devnet() {
 *     return StellarDevnet.builder().ledgerInterval(Duration.ofMillis(200)).start();
 * }
 *
 * &#64;Bean
 * DevnetConnection connection(StellarDevnet devnet) {
 *     return new DevnetConnection(devnet);
 * }
 * </pre>
 */
public final class DevnetConnection implements DynamicPropertyRegistrar, WebServerFactoryCustomizer<WebServerFactory>,
		EnvironmentAware, DisposableBean {

	private final StellarDevnet devnet;

	private final KeyPair facilitator = KeyPair.random();

	private final KeyPair merchant = KeyPair.random();

	private final Path folder;

	private @Nullable ConfigurableEnvironment environment;

	/**
	 * Open the accounts of a facilitator and a merchant.
	 * @param devnet the ledger
	 * @throws UncheckedIOException if no folder can be made for the database
	 */
	public DevnetConnection(StellarDevnet devnet) {
		this.devnet = devnet;
		devnet.fund(this.facilitator.getAccountId());
		devnet.fund(this.merchant.getAccountId());
		devnet.faucet(this.merchant.getAccountId(), BigDecimal.ZERO);
		try {
			this.folder = Files.createTempDirectory("x402-facilitator");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void accept(DynamicPropertyRegistry properties) {
		properties.add("facilitator.rpc-url", this.devnet::rpcUri);
		properties.add("facilitator.secret", () -> new String(this.facilitator.getSecretSeed()));
		properties.add("facilitator.database-url", () -> "jdbc:sqlite:" + this.folder.resolve("facilitator.db"));
		properties.add("facilitator.recipients", this.merchant::getAccountId);
		properties.add("facilitator.port", () -> 0);
		properties.add("x402.pay-to", this.merchant::getAccountId);
	}

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = (ConfigurableEnvironment) environment;
	}

	/**
	 * Set the same properties now. A real web server starts, and with it the payment
	 * filter and what that needs, before registrars are asked.
	 */
	@Override
	public void customize(WebServerFactory server) {
		Map<String, Object> properties = new LinkedHashMap<>();
		accept((name, value) -> properties.put(name, Objects.requireNonNull(value.get())));
		if (this.environment != null) {
			this.environment.getPropertySources()
				.addFirst(new MapPropertySource(DevnetConnection.class.getName(), properties));
		}
	}

	/**
	 * Return the facilitator's account, which spends what is approved.
	 * @return its address
	 */
	public String spender() {
		return this.facilitator.getAccountId();
	}

	/**
	 * Return who is paid.
	 * @return the merchant's address
	 */
	public String merchant() {
		return this.merchant.getAccountId();
	}

	@Override
	public void destroy() throws IOException {
		FileSystemUtils.deleteRecursively(this.folder);
	}

}
