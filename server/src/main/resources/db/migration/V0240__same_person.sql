-- Whoever works on a case is compared by their entry in a professional register, whichever account they use.
create index person_register_entry on person (professional_body, registration) where registration <> '';
