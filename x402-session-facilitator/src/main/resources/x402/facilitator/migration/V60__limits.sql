-- What is counted against the limits of a period: by whom, how much of it, and when the period ends by the database's time,
-- milliseconds since 1970. What has ended counts nothing.
create table limit_use (
    limit_name varchar(32) not null,
    who        varchar(80) not null,
    used       bigint      not null,
    ends_at    bigint      not null,
    constraint use_of_limit primary key (limit_name, who)
);

create index limit_use_age on limit_use (ends_at);
