-- What waits to be indexed is read by every search, and the planner would rather read all texts.
alter index listing_text_words set (fastupdate = off);
select gin_clean_pending_list('listing_text_words');
