package io.github.x402sessions.stellar.exact;

/**
 * The reasons for which a payment is refused, by the names that the scheme's other
 * facilitators give them.
 */
public enum ExactRefusal {

	/** The 'transaction' is not the base64 of one that can be read, or has a memo. */
	MALFORMED("invalid_exact_stellar_payload_malformed",
			"'transaction' is not the base64 of one that can be read, or has a memo"),

	/** The transaction is not one single call of a contract. */
	WRONG_OPERATION("invalid_exact_stellar_payload_wrong_operation",
			"the transaction is not one single call of a contract"),

	/** An account of the facilitator is a source. */
	UNSAFE_SOURCE("invalid_exact_stellar_payload_unsafe_tx_or_op_source", "an account of the facilitator is a source"),

	/** The call is not one of the asset's contract. */
	WRONG_ASSET("invalid_exact_stellar_payload_wrong_asset", "the call is not one of the asset's contract"),

	/** The call is not 'transfer' with three arguments. */
	WRONG_FUNCTION_NAME("invalid_exact_stellar_payload_wrong_function_name",
			"the call is not 'transfer' with three arguments"),

	/** An account of the facilitator pays. */
	FACILITATOR_IS_PAYER("invalid_exact_stellar_payload_facilitator_is_payer", "an account of the facilitator pays"),

	/** The transfer is to somebody else, or to its payer. */
	WRONG_RECIPIENT("invalid_exact_stellar_payload_wrong_recipient",
			"the transfer is to somebody else, or to its payer"),

	/** The transfer is of another amount. */
	WRONG_AMOUNT("invalid_exact_stellar_payload_wrong_amount", "the transfer is of another amount"),

	/** Nobody authorises the transfer. */
	NO_AUTH_ENTRIES("invalid_exact_stellar_payload_no_auth_entries", "nobody authorises the transfer"),

	/** The credentials are not those of an address alone. */
	UNSUPPORTED_CREDENTIAL_TYPE("invalid_exact_stellar_payload_unsupported_credential_type",
			"the credentials are not those of an address alone"),

	/** An account of the facilitator is in the authorisation. */
	FACILITATOR_IN_AUTH("invalid_exact_stellar_payload_facilitator_in_auth",
			"an account of the facilitator is in the authorisation"),

	/** The authorisation lasts longer than 'maxTimeoutSeconds'. */
	EXPIRATION_TOO_FAR("invalid_exact_stellar_signature_expiration_too_far",
			"the authorisation lasts longer than 'maxTimeoutSeconds'"),

	/** The authorisation covers further calls. */
	HAS_SUBINVOCATIONS("invalid_exact_stellar_payload_has_subinvocations", "the authorisation covers further calls"),

	/** The payer has not signed this transfer. */
	MISSING_PAYER_SIGNATURE("invalid_exact_stellar_payload_missing_payer_signature",
			"the payer has not signed this transfer"),

	/** There is more than the payer's authorisation. */
	UNEXPECTED_PENDING_SIGNATURES("invalid_exact_stellar_payload_unexpected_pending_signatures",
			"there is more than the payer's authorisation"),

	/** The chain would refuse the transfer now. */
	SIMULATION_FAILED("invalid_exact_stellar_payload_simulation_failed", "the chain would refuse the transfer now"),

	/** The transfer costs more than the facilitator pays. */
	FEE_EXCEEDS_MAXIMUM("invalid_exact_stellar_payload_fee_exceeds_maximum",
			"the transfer costs more than the facilitator pays"),

	/** Something else than a transfer would happen. */
	EVENT_NOT_TRANSFER("invalid_exact_stellar_payload_event_not_transfer",
			"something else than a transfer would happen"),

	/** Another contract would move something. */
	EVENT_WRONG_ASSET("invalid_exact_stellar_payload_event_wrong_asset", "another contract would move something"),

	/** Nothing would be transferred. */
	NO_TRANSFER_EVENTS("invalid_exact_stellar_payload_no_transfer_events", "nothing would be transferred"),

	/** More than one transfer would be made. */
	MULTIPLE_TRANSFERS("invalid_exact_stellar_payload_multiple_transfers", "more than one transfer would be made"),

	/** Somebody else would pay. */
	EVENT_WRONG_FROM("invalid_exact_stellar_payload_event_wrong_from", "somebody else would pay"),

	/** Somebody else would be paid. */
	EVENT_WRONG_TO("invalid_exact_stellar_payload_event_wrong_to", "somebody else would be paid"),

	/** Another amount would be transferred. */
	EVENT_WRONG_AMOUNT("invalid_exact_stellar_payload_event_wrong_amount", "another amount would be transferred");

	private final String wireName;

	private final String sentence;

	ExactRefusal(String wireName, String sentence) {
		this.wireName = wireName;
		this.sentence = sentence;
	}

	/**
	 * Return the name on the wire.
	 * @return the name
	 */
	public String wireName() {
		return this.wireName;
	}

	/**
	 * Return the cause in a sentence.
	 * @return the sentence
	 */
	public String sentence() {
		return this.sentence;
	}

}
