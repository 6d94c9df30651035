-- A pair is told apart whichever of the two was meant.

alter table told_apart rename column chosen to one;
