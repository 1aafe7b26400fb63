-- How the last transactions went is asked for with every scrape of the figures.
create index chain_transaction_ended on chain_transaction (status, updated_at);
