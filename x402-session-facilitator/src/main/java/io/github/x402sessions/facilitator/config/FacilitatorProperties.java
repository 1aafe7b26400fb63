package io.github.x402sessions.facilitator.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.x402sessions.core.price.Asset;
import io.github.x402sessions.core.price.Network;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the facilitator.
 *
 * @param network the network that is served, as a CAIP-2 id
 * @param rpcUrl the Stellar JSON-RPC endpoint; a public one of the network where empty
 * @param assets the contract ids of the assets that may be paid in; the USDC of the
 * network where empty
 * @param recipients the addresses that sessions may pay to without the payer's signature
 * @param maxPerCall the most that one call may cost, in whole units of the asset
 * @param minPerCall the least that one call may cost, in whole units of the asset
 * @param callsPerMinute how many calls a session may settle in a minute; 0 for any number
 * @param verifyHold how long a verified payment with an identifier keeps others from
 * taking what it needs of its session, which no other of that session does for ten times
 * as long once it was not paid in time; zero for not at all
 * @param databaseUrl the JDBC URL of the database that keeps the books
 * @param settleTimeout how long a call of /settle waits for the chain
 * @param pollInterval the pause between two questions to the chain about a transaction
 * @param transactionValidity how long a transaction can be applied after it is signed
 * @param approvals how payers' approves are sent
 * @param access who may ask for what, and how often
 * @param rpcUrls further Stellar JSON-RPC endpoints, each used when the one before it
 * fails; what frees a reserved amount, two of all have to say
 * @param rpcStandstill how long the latest ledger of the endpoint that is asked may be
 * the same while another's goes on, which is asked from then on
 */
@ConfigurationProperties("facilitator")
public record FacilitatorProperties(@DefaultValue("stellar:testnet") String network, @DefaultValue("") String rpcUrl,
		@DefaultValue List<String> assets, @DefaultValue List<String> recipients,
		@DefaultValue("1.00") String maxPerCall, @DefaultValue("0.0001") String minPerCall,
		@DefaultValue("0") int callsPerMinute, @DefaultValue("0s") Duration verifyHold,
		@DefaultValue("jdbc:sqlite:x402-facilitator.db") String databaseUrl,
		@DefaultValue("50s") Duration settleTimeout, @DefaultValue("500ms") Duration pollInterval,
		@DefaultValue("45s") Duration transactionValidity,
		@NestedConfigurationProperty @DefaultValue ApprovalProperties approvals,
		@NestedConfigurationProperty @DefaultValue AccessProperties access, @DefaultValue List<String> rpcUrls,
		@DefaultValue("30s") Duration rpcStandstill) {

	/**
	 * Check the properties and fill in what follows from the network.
	 * @throws InvalidPropertyException if one is missing or wrong
	 */
	public FacilitatorProperties {
		Network known = PropertyCheck.network(network);
		rpcUrl = PropertyCheck.rpcUrl("rpc-url", rpcUrl.isBlank() ? known.defaultRpcUrl() : rpcUrl.trim());
		rpcUrls = rpcUrls.stream().map((url) -> PropertyCheck.rpcUrl("rpc-urls", url.trim())).toList();
		PropertyCheck.distinct("rpc-urls", Stream.concat(Stream.of(rpcUrl), rpcUrls.stream()).toList());
		assets = assets.isEmpty() ? List.of(Asset.usdc(known).id()) : List.copyOf(assets);
		assets.forEach(PropertyCheck::asset);
		recipients = List.copyOf(recipients);
		recipients.forEach((recipient) -> PropertyCheck.recipient("recipients", recipient));
		PropertyCheck.price("max-per-call", maxPerCall, stellarAsset(assets));
		PropertyCheck.price("min-per-call", minPerCall, stellarAsset(assets));
		PropertyCheck.atLeastZero("calls-per-minute", callsPerMinute);
		PropertyCheck.duration("verify-hold", verifyHold, Duration.ZERO);
		PropertyCheck.databaseUrl(databaseUrl);
		PropertyCheck.duration("settle-timeout", settleTimeout, Duration.ofSeconds(1));
		PropertyCheck.duration("poll-interval", pollInterval, Duration.ofMillis(1));
		PropertyCheck.seconds("transaction-validity", transactionValidity);
		PropertyCheck.duration("rpc-standstill", rpcStandstill, Duration.ofSeconds(1));
		access = access.on(isLocalTestNetwork(known, rpcUrl, rpcUrls));
	}

	/** Tell whether there is nothing to lose: a test network on this machine. */
	public boolean isLocalTestNetwork() {
		return isLocalTestNetwork(stellar(), this.rpcUrl, this.rpcUrls);
	}

	private static boolean isLocalTestNetwork(Network network, String rpcUrl, List<String> more) {
		return Stream.concat(Stream.of(rpcUrl), more.stream())
			.allMatch((url) -> PropertyCheck.isLocalTestNetwork(network, url));
	}

	public Network stellar() {
		return Network.of(this.network);
	}

	/** Return how long a call of /settle can last, whatever happens. */
	public Duration longestCall() {
		return this.settleTimeout.multipliedBy(2).plusMinutes(1);
	}

	/** Return who may be paid at all; {@code null} for anybody. */
	public @Nullable Set<String> servedRecipients() {
		return this.access.isClosed() ? listedRecipients() : null;
	}

	/** Return the recipients that are named here or with a key. */
	public Set<String> listedRecipients() {
		Set<String> listed = new HashSet<>(this.recipients);
		this.access.keys().forEach((key) -> listed.addAll(key.key().recipients()));
		return listed;
	}

	/** Return the most that one call may cost, base units. */
	public BigInteger maxPerCallBaseUnits() {
		return stellarAsset(this.assets).toBaseUnits(this.maxPerCall);
	}

	/** Return the least that one call may cost, base units. */
	public BigInteger minPerCallBaseUnits() {
		return stellarAsset(this.assets).toBaseUnits(this.minPerCall);
	}

	/** Every Stellar Asset Contract has 7 decimals. */
	private static Asset stellarAsset(List<String> assets) {
		return new Asset(assets.get(0), 7);
	}

	@Override
	public String toString() {
		return "FacilitatorProperties[network=" + this.network + ", rpcUrl=…, assets=" + this.assets + ", recipients="
				+ this.recipients + ", maxPerCall=" + this.maxPerCall + ", databaseUrl=…]";
	}

}
