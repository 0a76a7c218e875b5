DROP SCHEMA probity_bench CASCADE;
