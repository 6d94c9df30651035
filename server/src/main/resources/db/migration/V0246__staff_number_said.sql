-- What a directory has said before there was a column for it, most never say again. They send only what changes.
update person p set staff_number = said.number
from (
    -- A zero byte, which the type json refuses to read, is no reason not to start.
    select user_id,
        case when position('\u0000' in whole) > 0 then ''
            else coalesce(btrim(whole::json -> 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
                ->> 'employeeNumber'), '') end as number
    from (select user_id, convert_from(resource, 'UTF8') as whole from scim_user) as kept) as said
where said.user_id = p.user_id and said.number <> '' and p.staff_number = '';
