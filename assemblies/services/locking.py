"""The row every act of an assembly takes first, so that acts of one meeting happen one after the other."""

from assemblies.models import AgendaItem, Assembly, Resolution


def locked(assembly: Assembly) -> Assembly:
    """The assembly as it stands now, held until the act ends."""
    return (
        Assembly.objects.select_for_update(of=("self",)).select_related("entity", "body").get(pk=assembly.pk)
    )


def locked_item(item: AgendaItem) -> AgendaItem:
    """The item with its assembly, which is held until the act ends."""
    assembly = locked(item.assembly)
    row = AgendaItem.objects.select_related("resolution").get(pk=item.pk)
    row.assembly = assembly
    return row


def locked_resolution(resolution: Resolution) -> Resolution:
    """The resolution with its assembly, which is held until the act ends."""
    assembly = locked(resolution.assembly)
    row = Resolution.objects.select_related("item", "poll", "version").get(pk=resolution.pk)
    row.assembly = assembly
    return row
