use strict;
use warnings;
use Plack::Builder;
use Lemonldap::NG::Portal::Main;

my $files  = '/usr/share/lemonldap-ng/portal/htdocs/static';
my $shared = '/usr/share/javascript';

builder {
    enable 'Static', path => sub { s{^/static/}{} },     root => $files;
    enable 'Static', path => sub { s{^/javascript/}{} }, root => $shared;
    Lemonldap::NG::Portal::Main->run( {} );
};
