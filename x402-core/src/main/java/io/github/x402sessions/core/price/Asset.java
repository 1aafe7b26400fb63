package io.github.x402sessions.core.price;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token that prices are quoted in.
 *
 * @param id the token's contract id
 * @param decimals how many decimals a whole token has, 0 to 18
 */
public record Asset(String id, int decimals) {

	private static final int MAX_DECIMALS = 18;

	private static final int MAX_PRICE_LENGTH = 40;

	private static final Pattern PRICE = Pattern.compile("\\$?([0-9]+(?:\\.[0-9]+)?)");

	/**
	 * Check the fields.
	 * @throws IllegalArgumentException if the id is blank or the decimals are out of
	 * range
	 */
	public Asset {
		if (id == null || id.isBlank()) {
			throw new IllegalArgumentException("asset id is empty");
		}
		if (decimals < 0 || decimals > MAX_DECIMALS) {
			throw new IllegalArgumentException("asset decimals must be 0 to " + MAX_DECIMALS + ", not " + decimals);
		}
	}

	/**
	 * Return the USDC of a network.
	 * @param network the network
	 * @return the asset, with 7 decimals
	 */
	public static Asset usdc(Network network) {
		return new Asset(switch (network) {
			case STELLAR_TESTNET -> "CBIELTK6YBZJU5UP2WWQEUCYKLPU6AUNZ2BQ4WWFEIE3USCIHMXQDAMA";
			case STELLAR_PUBNET -> "CCW67TSZV3SSS2HXMBQ5JFGCKJNXKZM7UQUWUZPUTHXSTZLEO7SJMI75";
		}, 7);
	}

	/**
	 * Say an amount as people do, where only the asset's id is known.
	 * @param id a token's contract id
	 * @param baseUnits an amount in base units
	 * @return the amount in whole tokens with their symbol if the id is one of the known
	 * networks' USDC, else {@code 100 base units of C…}
	 */
	public static String describe(String id, BigInteger baseUnits) {
		return known(id).map((asset) -> asset.describe(baseUnits)).orElseGet(() -> baseUnits + " base units of " + id);
	}

	private static Optional<Asset> known(String id) {
		return Arrays.stream(Network.values()).map(Asset::usdc).filter((usdc) -> usdc.id.equals(id)).findFirst();
	}

	/**
	 * Turn a price into base units, exactly.
	 * @param price a decimal such as {@code 0.10} or {@code $0.10}
	 * @return the price in base units, not negative
	 * @throws IllegalArgumentException if the price is not such a decimal or has more
	 * decimals than the asset: nothing is ever rounded
	 */
	public BigInteger toBaseUnits(String price) {
		var matcher = PRICE.matcher(price.trim());
		if (price.length() > MAX_PRICE_LENGTH || !matcher.matches()) {
			throw new IllegalArgumentException("price '" + price + "' is not a decimal such as 0.10");
		}
		BigDecimal value = new BigDecimal(matcher.group(1)).stripTrailingZeros();
		if (value.scale() > this.decimals) {
			throw new IllegalArgumentException(
					"price '" + price + "' has more than the " + this.decimals + " decimals of the asset");
		}
		return value.movePointRight(this.decimals).toBigIntegerExact();
	}

	/**
	 * Return what people call the asset.
	 * @return {@code USDC}, or the id of an asset that is not known
	 */
	public String symbol() {
		return known(this.id).isPresent() ? "USDC" : this.id;
	}

	/**
	 * Say an amount as people do.
	 * @param baseUnits an amount in base units
	 * @return the amount in whole tokens with their symbol, such as {@code 0.1 USDC}
	 */
	public String describe(BigInteger baseUnits) {
		return toDecimal(baseUnits) + " " + symbol();
	}

	/**
	 * Turn base units into a decimal for people.
	 * @param baseUnits an amount in base units
	 * @return the amount in whole tokens, without trailing zeros
	 */
	public String toDecimal(BigInteger baseUnits) {
		return new BigDecimal(baseUnits, this.decimals).stripTrailingZeros().toPlainString();
	}

}
