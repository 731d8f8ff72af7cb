using System.Net;

namespace Paddock.Settings;

/// <summary>
/// Works out the listeners. On loopback one port serves both sides; beyond it agents and operators have listeners of their own, so
/// that opening the agents' side to a network opens nothing else.
/// </summary>
internal static class ListenerBinding
{
    private static readonly ListenAddress usual = new(IsHttps: false, IPAddress.Loopback, 5080);
    private static readonly ListenAddress usualOperators = new(IsHttps: false, IPAddress.Loopback, 5081);

    public static IReadOnlyList<ListenerSettings> Bind(SettingsBinder binder, bool behindProxy)
    {
        var agents = Parse(binder, KnownSettings.AgentsUrls);
        var common = Parse(binder, KnownSettings.Urls);
        var operators = Parse(binder, KnownSettings.OperatorsUrls);
        if (agents is not null && common is not null)
        {
            binder.Fault(KnownSettings.AgentsUrls, "Give urls or agents.urls, not both.");
        }

        agents ??= common ?? [usual];
        var separate = operators is not null || binder.Has(KnownSettings.AgentsUrls) || agents.Any(address => !address.IsLoopback);
        operators ??= separate ? [usualOperators] : [];
        CheckPlain(binder, KnownSettings.Urls, agents, behindProxy);
        CheckPlain(binder, KnownSettings.OperatorsUrls, operators, behindProxy);
        if (agents.Concat(operators).Where(address => address.Port != 0).GroupBy(address => (address.Address, address.Port)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            binder.Fault(separate ? KnownSettings.OperatorsUrls : KnownSettings.Urls, $"Two listeners on {twice.First()}; each needs an address of its own.");
        }

        var hosts = binder.List(KnownSettings.Hosts) ?? [];
        return
        [
            .. agents.Select(address => new ListenerSettings(address, separate ? ListenerSides.Agents : ListenerSides.Both, [.. hosts, .. binder.List(KnownSettings.AgentsHosts) ?? []])),
            .. operators.Select(address => new ListenerSettings(address, ListenerSides.Operators, [.. hosts, .. binder.List(KnownSettings.OperatorsHosts) ?? []])),
        ];
    }

    private static List<ListenAddress>? Parse(SettingsBinder binder, SettingDefinition setting)
    {
        if (binder.List(setting) is not { Count: > 0 } texts)
        {
            return null;
        }

        var addresses = new List<ListenAddress>();
        foreach (var text in texts)
        {
            if (ListenAddress.TryParse(text, out var address, out var fault))
            {
                addresses.Add(address);
            }
            else
            {
                binder.Fault(setting, fault);
            }
        }

        return addresses;
    }

    private static void CheckPlain(SettingsBinder binder, SettingDefinition setting, IEnumerable<ListenAddress> addresses, bool behindProxy)
    {
        foreach (var address in addresses.Where(address => !address.IsHttps && !address.IsLoopback && !behindProxy))
        {
            binder.Fault(setting, $"{address} would carry keys in plain text over a network. Use https with --certificate, or name the reverse proxy in front with --behind-proxy.");
        }
    }
}
