using System.Net;
using Paddock.Gateway.Execute;

namespace Paddock.Gateway.Tests;

public sealed class EgressGuardTests
{
    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::1")]
    public void Metadata_services_and_addresses_of_nobody_are_never_called(string address) => EgressGuard.IsForbidden(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.1.1")]
    [InlineData("172.16.0.1")]
    [InlineData("fd12:3456::1")]
    [InlineData("8.8.8.8")]
    [InlineData("169.253.1.1")]
    [InlineData("2606:4700::1111")]
    public void A_companys_own_models_may_be_anywhere_else(string address) => EgressGuard.IsForbidden(IPAddress.Parse(address)).ShouldBeFalse();
}
